export {
  predictWithScikitLearn,
  type PredictWithScikitLearnRequest,
} from './predict-with-scikit-learn.ts';
