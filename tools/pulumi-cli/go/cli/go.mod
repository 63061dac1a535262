// Builds the Pulumi command line where its installer cannot be reached.
module pulumi-cli

go 1.25

require github.com/pulumi/pulumi/pkg/v3 v3.255.0

// The command line needs this fork; a dependency's own "replace" lines are not inherited.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
