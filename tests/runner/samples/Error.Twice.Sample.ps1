Describe 'Twice' {
    BeforeAll { }
    BeforeAll { }
    It 'is not run' { }
}
