// Builds the host that runs Node.js programs: 3.68.0 is the last that is a Go module to be had.
module pulumi-language-host

go 1.20

require github.com/pulumi/pulumi/sdk/v3 v3.68.0
