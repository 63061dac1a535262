// What Pulumi starts: JavaScript, for it would have its own compiler read TypeScript, which this
// pack is not written for. Node runs what is imported from here as it is.
import './index.ts';
