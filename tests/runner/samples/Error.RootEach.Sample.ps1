BeforeEach { }
Describe 'Root each' { It 'is not run' { } }
