export {
  predictWithScikitLearn,
  type PredictWithScikitLearnRequest,
} from './predict-with-scikit-learn.ts';
export { pythonForTests } from './python-for-tests.ts';
