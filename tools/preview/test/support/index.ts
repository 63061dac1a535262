export { cloneRepository } from './clone-repository.ts';
