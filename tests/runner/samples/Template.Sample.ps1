Describe 'Of <name>' -ForEach @{ name = 'outer' } {
    BeforeAll { $fromSetup = 'set up' }
    It 'item <_>' -ForEach 1, 'two' { }
    It '<a> and <b.c> in <name>' -TestCases @{ a = 1; b = @{ c = 2 } } { }
    It 'knows <fromSetup>, <missing> and `<plain`>' { }
    It 'lists <list> and <nothing>' -ForEach @{ list = 1, 'x'; nothing = $null } { }
    It 'costs $5 "here" <_>' -ForEach 'now' { }
    It 'is not run <_>' -ForEach 7 -Skip { }
}
