# Where variables live and what runs when. Pester's own rules, so it must agree with every line.

BeforeAll {
    $fromFile = 'file'
    function Get-Greeting { "hello from $fromFile" }
    $trace = [System.Collections.Generic.List[string]]::new()
    $counter = @{ Value = 0 }
}

BeforeDiscovery {
    $discovered = 'a', 'b'
}

$bodyVariable = 'known during discovery alone'

Describe 'Phases' {
    $inDescribe = 'gone when tests run'

    BeforeAll {
        $fromBeforeAll = 'set up'
    }

    It 'BeforeAll_SetsVariable_ItSeesIt' { $fromBeforeAll | Should -Be 'set up' }

    It 'BeforeAll_OfTheFile_ItSeesVariableAndFunction' { Get-Greeting | Should -Be 'hello from file' }

    It 'Body_SetsVariable_ItDoesNotSeeIt' {
        $inDescribe | Should -BeNullOrEmpty
        $bodyVariable | Should -BeNullOrEmpty
    }

    It 'BeforeDiscovery_GivesCases_OneTestEach <_>' -ForEach $discovered { $_ | Should -BeIn 'a', 'b' }

    It 'It_SetsVariable_OnlyForItself' { $leaked = 1; $leaked | Should -Be 1 }

    It 'It_AfterAnotherSetVariable_DoesNotSeeIt' { $leaked | Should -BeNullOrEmpty }

    It 'It_ChangesVariableOfBeforeAll_OnlyForItself' { $fromBeforeAll = 'changed' }

    It 'It_AfterAnotherChangedVariable_SeesTheFirstValue' { $fromBeforeAll | Should -Be 'set up' }

    It 'File_KnowsItsFolder' { "$PSScriptRoot/Scoping.Tests.ps1" | Should -Exist }

    Context 'Nested' {
        BeforeAll {
            $fromNested = "$fromBeforeAll again"
            $fromBeforeAll = 'hidden'
        }

        It 'BeforeAll_InNestedBlock_SeesAndHidesOuterVariable' {
            $fromNested | Should -Be 'set up again'
            $fromBeforeAll | Should -Be 'hidden'
        }
    }

    Context 'After nested' {
        It 'BeforeAll_OfASibling_LeavesNothing' {
            $fromNested | Should -BeNullOrEmpty
            $fromBeforeAll | Should -Be 'set up'
        }
    }
}

Describe 'Each' {
    BeforeEach {
        $shared = 1
        $counter.Value++
    }

    AfterEach {
        $trace.Add("saw $shared")
    }

    It 'BeforeEach_SetsVariable_ItSeesIt' { $shared | Should -Be 1; $shared = 2 }

    It 'AfterEach_AfterIt_SawWhatItSet' { $trace | Should -Contain 'saw 2' }

    It 'BeforeEach_RanOnceATest' { $counter.Value | Should -Be 3 }
}

Describe 'Order' {
    BeforeAll { $order = [System.Collections.Generic.List[string]]::new(); $order.Add('outer all') }
    BeforeEach { $order.Add('outer each') }
    AfterEach { $order.Add('outer after') }

    Context 'inner' {
        BeforeAll { $order.Add('inner all') }
        BeforeEach { $order.Add('inner each') }
        AfterEach { $order.Add('inner after') }
        AfterAll { $order.Add('inner end') }

        It 'writes itself down' { $order.Add('test') }
    }

    It 'Setups_OfNestedBlocks_RunFromOutsideInAndBack' {
        $order | Should -Be @(
            'outer all', 'inner all', 'outer each', 'inner each', 'test', 'inner after', 'outer after', 'inner end', 'outer each'
        )
    }
}

Describe 'Cases of <color>' -ForEach @{ color = 'red' }, @{ color = 'blue' } {
    BeforeAll { $painted = "painted $color" }

    It 'Describe_HashtableCase_GivesVariables' {
        $painted | Should -Be "painted $color"
        $_.color | Should -Be $color
    }

    It 'It_CaseWithinCase_SeesBoth <size>' -TestCases @{ size = 1 }, @{ size = 2 } {
        $color | Should -BeIn 'red', 'blue'
        $size | Should -BeGreaterThan 0
        $_.Keys | Should -Be 'size'
    }

    It 'It_DeclaresParameters_GetsThem' -ForEach @{ size = 3; unused = 4 } {
        param($size)
        $size | Should -Be 3
    }

    It 'It_CaseIsACollection_IsOneCase' -ForEach @(, @(1, 2)) {
        $_ | Should -HaveCount 2
    }
}

Describe 'Script scope' {
    BeforeAll { $script:counted = 0 }

    It 'Script_VariableSetByIt_IsKept' { $script:counted++ ; $script:counted | Should -Be 1 }

    It 'Script_NextIt_SeesIt' { $script:counted | Should -Be 1 }
}

Describe 'TestDrive' {
    BeforeAll { Set-Content -Path TestDrive:/outer -Value 'kept' }

    It 'TestDrive_IsAFolder' {
        $TestDrive | Should -Exist
        (Get-Item TestDrive:/).FullName.TrimEnd('/') | Should -Be "$TestDrive"
    }

    Context 'Nested' {
        BeforeAll { $null = New-Item -Path TestDrive:/folder/below -ItemType Directory }

        It 'TestDrive_FileOfOneIt_IsThereForTheNext' { Set-Content -Path TestDrive:/folder/file -Value 'x' }

        It 'TestDrive_InTheSameBlock_KeepsFiles' {
            'TestDrive:/folder/file' | Should -Exist
            'TestDrive:/outer' | Should -Exist
        }
    }

    Context 'After nested' {
        It 'TestDrive_BlockHasEnded_LosesItsFiles' {
            'TestDrive:/folder' | Should -Not -Exist
            Get-Content TestDrive:/outer | Should -Be 'kept'
        }
    }
}

Describe 'Skip' {
    BeforeDiscovery { $always = $true }

    It 'Skip_ByFalseExpression_Runs' -Skip:(-not $always) { $true | Should -BeTrue }
}
