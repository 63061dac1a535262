/** The command line that is installed or built where none is found. */
export const pulumiVersion = '3.255.0';

/** The host for Node.js programs that the Go build makes; the official installer brings its own. */
export const languageHostVersion = '3.68.0';
