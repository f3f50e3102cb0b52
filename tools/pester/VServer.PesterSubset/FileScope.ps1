# Being a file is its whole work: a file that is run gets a script scope.
param($____scope, $____steps)

& $____scope $____steps
