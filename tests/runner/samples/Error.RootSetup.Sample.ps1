BeforeAll { throw 'no ground for the file' }
Describe 'Root setup' { It 'is not run' { } }
