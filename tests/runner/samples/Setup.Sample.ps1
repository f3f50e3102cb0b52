Describe 'BeforeAll fails' {
    BeforeAll { throw 'no ground' }
    AfterAll { Write-Host 'AfterAll ran' }
    It 'first' { }
    It 'second' { }
    Context 'nested' {
        It 'third' { }
    }
}

Describe 'AfterAll fails' {
    AfterAll { throw 'no end' }
    It 'passes' { }
}

Describe 'Skipped block' -Skip {
    BeforeAll { throw 'setup of a skipped block' }
    It 'one' { throw 'never' }
    Context 'below' {
        It 'two' { throw 'never' }
    }
}

Describe 'All tests skipped' {
    BeforeAll { throw 'setup for skipped tests' }
    It 'three' -Skip { throw 'never' }
}

Describe 'After all that' {
    It 'passes' { }
}
