# What a run reports: outcomes, places, exit codes, output and XML, of sample files run in engines of their own.

BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Outcomes' {
    BeforeAll {
        $run = Invoke-Sample Outcome
    }

    It 'Test_<Name>_Is<Result>' -ForEach @(
        @{ Name = 'passes'; Result = 'Passed' }
        @{ Name = 'fails'; Result = 'Failed' }
        @{ Name = 'throws'; Result = 'Failed' }
        @{ Name = 'is left out'; Result = 'Skipped' }
        @{ Name = 'is left out on a condition'; Result = 'Skipped' }
        @{ Name = 'is kept on a condition'; Result = 'Passed' }
        @{ Name = 'skips itself'; Result = 'Skipped' }
        @{ Name = 'leaves by break'; Result = 'Failed' }
        @{ Name = 'only writes an error'; Result = 'Passed' }
        @{ Name = 'BeforeEach fails.never starts'; Result = 'Failed' }
        @{ Name = 'AfterEach fails.fails afterwards'; Result = 'Failed' }
    ) {
        $run.Tests["Outcome.$Name"].Result | Should -Be $Result
    }

    It 'Counts_OfMixedOutcomes_AddUp' {
        $run.Counts.PassedCount | Should -Be 3
        $run.Counts.FailedCount | Should -Be 7
        $run.Counts.SkippedCount | Should -Be 3
        $run.Counts.TotalCount | Should -Be 13
        $run.Counts.Result | Should -Be 'Failed'
    }

    It 'BeforeEach_Throws_TestBodyIsLeftOutAndAfterEachRuns' {
        $run.Line | Should -Not -Contain 'test body ran'
        $run.Line | Should -Contain 'AfterEach ran'
    }

    It 'Output_OfFailure_ShowsValuesAndPlace' {
        $run.Text | Should -BeLike '*Expected 2, because two is more, but got 1.*'
        $run.Text | Should -Match 'at It ''fails''.*Outcome\.Sample\.ps1:3'
    }

    It 'Output_OfException_ShowsTypeMessageAndCaller' {
        $run.Text | Should -BeLike '*IOException: disk full*'
        $run.Text | Should -Match 'at <ScriptBlock>, .*Outcome\.Sample\.ps1:7'
    }

    It 'Output_OfTextDifference_MarksTheIndex' {
        $run.Line | Should -Contain "      Expected: 'abc\nDef'"
        $run.Line | Should -Contain '                 -----^'
    }

    It 'Output_OfFailure_HasNoFramesOfTheRunner' { $run.Text | Should -Not -BeLike '*VServer.PesterSubset*' }

    It 'Output_OfSkip_PrintsTheReason' {
        $run.Text | Should -BeLike '*skips itself is skipped, because there is no tmux*'
        $run.Text | Should -BeLike '*condition is skipped, because -Skip:($true -and 1)*'
    }

    It 'Output_Detailed_NestsBlocks' {
        $run.Line | Should -Contain 'Describing Outcome'
        $run.Line | Should -Contain ' Context BeforeEach fails'
        $run.Text | Should -Match '(?m)^  \[\+\] passes \d+ms$'
    }
}

Describe 'Output' {
    It 'Output_Normal_ShowsFailuresAndSkipsByFullName' {
        $run = Invoke-Sample Outcome -Verbosity Normal
        $run.Text | Should -Match '(?m)^\[-\] Outcome\.fails \d+ms$'
        $run.Text | Should -BeLike '*Outcome.skips itself is skipped, because there is no tmux*'
        $run.Text | Should -Not -BeLike '*`[+`] passes*'
    }

    It 'Output_None_IsSilent' {
        (Invoke-Sample Filter -Verbosity None).Line.Where({ $_ -notlike 'BeforeAll of*' }) | Should -BeNullOrEmpty
    }

    It 'Output_EndOfRun_CountsTests' {
        (Invoke-Sample Filter).Text | Should -BeLike '*Tests Passed: 5, Failed: 0, Skipped: 0, NotRun: 0*'
    }
}

Describe 'Setup and teardown' {
    BeforeAll {
        $run = Invoke-Sample Setup
    }

    It 'BeforeAll_Throws_TestFails <_>' -ForEach 'first', 'second', 'nested.third' {
        $run.Tests["BeforeAll fails.$_"].Result | Should -Be 'Failed'
    }

    It 'BeforeAll_Throws_AfterAllRuns' { $run.Line | Should -Contain 'AfterAll ran' }

    It 'AfterAll_Throws_TestsKeepTheirResultAndBlockFails' {
        $run.Tests['AfterAll fails.passes'].Result | Should -Be 'Passed'
        $run.Counts.FailedBlocksCount | Should -Be 2
        $run.Text | Should -BeLike '*Setup or teardown failed: AfterAll fails*'
    }

    It 'Describe_Skipped_SkipsAllBelowWithoutSetup' {
        $run.Tests['Skipped block.one'].Result | Should -Be 'Skipped'
        $run.Tests['Skipped block.below.two'].Result | Should -Be 'Skipped'
        $run.Text | Should -Not -BeLike '*setup of a skipped block*'
    }

    It 'BeforeAll_AllTestsSkipped_DoesNotRun' { $run.Text | Should -Not -BeLike '*setup for skipped tests*' }

    It 'Describe_AfterFailedOnes_Runs' { $run.Tests['After all that.passes'].Result | Should -Be 'Passed' }

    It 'BeforeAll_OfTheFileThrows_FileAndItsTestsFail' {
        $run = Invoke-Sample Error.RootSetup
        $run.Tests['Root setup.is not run'].Result | Should -Be 'Failed'
        $run.Counts.FailedContainersCount | Should -Be 1
        $run.Text | Should -BeLike '*no ground for the file*'
    }
}

Describe 'Discovery' {
    BeforeAll {
        $run = Invoke-Sample Error.Parse, Error.Discovery, Error.Twice, Error.Empty, Error.RootIt, Error.RootEach, Filter
    }

    It 'Discovery_<Why>_FailsTheFileAndSaysWhere' -ForEach @(
        @{ Why = 'SyntaxError'; Text = "*Missing closing '}'*"; Place = 'Error.Parse.Sample.ps1:2' }
        @{ Why = 'BodyThrows'; Text = '*broken body*'; Place = 'Error.Discovery.Sample.ps1:3' }
        @{ Why = 'TwoBeforeAll'; Text = '*BeforeAll is already defined in this block*'; Place = 'Error.Twice.Sample.ps1:3' }
        @{ Why = 'EmptyForEach'; Text = "*-ForEach of It 'is not run' is empty*"; Place = 'Error.Empty.Sample.ps1:2' }
        @{ Why = 'ItOutsideDescribe'; Text = "*It 'stands alone' stands outside of any Describe*"; Place = 'Error.RootIt.Sample.ps1:1' }
        @{ Why = 'BeforeEachOutsideDescribe'; Text = '*BeforeEach stands outside of any Describe*'; Place = 'Error.RootEach.Sample.ps1:1' }
    ) {
        $run.Text | Should -BeLike $Text
        $run.Text | Should -BeLike "*$Place*"
    }

    It 'Discovery_Fails_CountsTheFileAndRunsNothingOfIt' {
        $run.Counts.FailedContainersCount | Should -Be 6
        $run.Line | Should -Not -Contain 'a test of a broken file ran'
    }

    It 'Discovery_OfOtherFilesFails_GoodFileRuns' { $run.Counts.PassedCount | Should -Be 5 }
}

Describe 'Names' {
    BeforeAll {
        $run = Invoke-Sample Template
    }

    It 'Template_<Case>_Expands' -ForEach @(
        @{ Case = 'Number'; Path = 'Of outer.item 1' }
        @{ Case = 'Text'; Path = 'Of outer.item two' }
        @{ Case = 'KeysAndProperties'; Path = 'Of outer.1 and 2 in outer' }
        @{ Case = 'SetupVariableMissingAndEscaped'; Path = 'Of outer.knows set up, $null and <plain>' }
        @{ Case = 'Collection'; Path = "Of outer.lists @(1, 'x') and `$null" }
        @{ Case = 'LiteralDollarAndQuotes'; Path = 'Of outer.costs $5 "here" now' }
    ) {
        $run.Tests.Keys | Should -Contain $Path
    }
}

Describe 'Filters' -ForEach @{
    Cases = @(
        @{ Option = "Filter = @{ Tag = 'Slow' }"; Ran = 'slow', 'Tagged.slow below' }
        @{ Option = "Filter = @{ Tag = 'Net' }"; Ran = 'Tagged.below', 'Tagged.slow below' }
        @{ Option = "Filter = @{ Tag = 'N*', 'Other' }"; Ran = 'Tagged.below', 'Tagged.slow below' }
        @{ Option = "Filter = @{ ExcludeTag = 'Slow' }"; Ran = 'plain', 'Tagged.below', 'Other.plain too' }
        @{ Option = "Filter = @{ ExcludeTag = 'Net' }"; Ran = 'plain', 'slow', 'Other.plain too' }
        @{ Option = "Filter = @{ Tag = 'Net'; ExcludeTag = 'Slow' }"; Ran = 'Tagged.below' }
        @{ Option = "Filter = @{ FullName = '*plain*' }"; Ran = 'plain', 'Other.plain too' }
        @{ Option = "Filter = @{ FullName = 'Filter.Other' }"; Ran = 'Other.plain too' }
    )
} {
    BeforeAll {
        $options = $Cases | ForEach-Object Option
        $runs = @(Invoke-Sample Filter -Option $options)
    }

    It 'Filter_<Option>_RunsOnlyWhatMatches' -ForEach $Cases {
        $run = $runs[$options.IndexOf($Option)]
        $passed = $run.Tests.Values.Where({ $_.Result -eq 'Passed' }).ExpandedPath | Sort-Object
        $passed | Should -Be ($Ran | ForEach-Object { "Filter.$_" } | Sort-Object)
        $run.Counts.NotRunCount | Should -Be (5 - $Ran.Count)
    }

    It 'Filter_NothingOfABlockMatches_BeforeAllDoesNotRun' {
        $run = Invoke-Sample Filter -Option "Filter = @{ Tag = 'Net' }"
        $run.Line | Should -Contain 'BeforeAll of Tagged'
        $run.Line | Should -Not -Contain 'BeforeAll of Other'
    }
}

Describe 'Configuration' {
    It 'ShouldErrorAction_Continue_CollectsFailures' {
        $run = Invoke-Sample Soft -Option "Should = @{ ErrorAction = 'Continue' }"
        $run.Tests['Soft.collects'].Message | Should -Be @('Expected 2, but got 1.', 'Expected 4, but got 3.')
        $run.Line | Should -Contain 'went on'
        $run.Line | Should -Not -Contain 'should not get here'
    }

    It 'Configuration_UnknownOption_IsRefused' {
        (Invoke-InNewEngine 'New-PesterConfiguration -Hashtable @{ Run = @{ Speed = 1 } }').Text |
            Should -BeLike '*no configuration option Run.Speed*'
    }

    It 'Configuration_UnknownVerbosity_IsRefused' {
        (Invoke-InNewEngine "Invoke-Pester -Path / -Output 'Loud'").Text | Should -BeLike "*Output.Verbosity is 'Loud'*"
    }

    It 'Path_Missing_IsRefused' {
        (Invoke-InNewEngine "Invoke-Pester -Path '/no/such/file'").Text | Should -BeLike "*'/no/such/file' was not found*"
    }

    It 'Path_Folder_FindsTestFilesBelow' {
        $null = New-Item -ItemType Directory -Path "$TestDrive/tree/deep"
        Set-Content "$TestDrive/tree/deep/One.Tests.ps1" "Describe 'One' { It 'is found' { } }"
        Set-Content "$TestDrive/tree/Other.ps1" "throw 'no test file'"
        (Invoke-InNewEngine "Invoke-Pester -Path '$TestDrive/tree'").Text | Should -BeLike '*Tests Passed: 1, Failed: 0*'
    }

    It 'Words_OutsideOfARun_SayHowToRun' {
        (Invoke-InNewEngine "Describe 'x' { }").Text | Should -BeLike '*Run the file with Invoke-Pester*'
    }
}

Describe 'Exit code' {
    It 'RunExit_<Name>_Is<Code>' -ForEach @(
        @{ Name = 'Filter'; Code = 0 }
        @{ Name = 'Outcome'; Code = 7 }
        @{ Name = 'Setup'; Code = 5 }
        @{ Name = 'Nothing'; Code = 1 }
        @{ Name = 'Error.Parse'; Code = 1 }
    ) {
        $path = "$PSScriptRoot/samples/$Name.Sample.ps1"
        (Invoke-InNewEngine "Invoke-Pester -Configuration @{ Run = @{ Path = '$path'; Exit = `$true } }").ExitCode |
            Should -Be $Code
    }

    It 'RunThrow_FailedTests_Throws' {
        $path = "$PSScriptRoot/samples/Soft.Sample.ps1"
        $run = Invoke-InNewEngine "Invoke-Pester -Configuration @{ Run = @{ Path = '$path'; Throw = `$true } }"
        $run.Text | Should -BeLike '*The test run failed: 2 tests*'
    }

    It 'Run_WithoutExit_SetsLastExitCode' {
        $path = "$PSScriptRoot/samples/Soft.Sample.ps1"
        (Invoke-InNewEngine "Invoke-Pester -Path '$path' -Output None`n`"code `$LASTEXITCODE`"").Line | Should -Contain 'code 2'
    }
}

Describe 'Files' {
    BeforeAll {
        $run = Invoke-Sample Leak, Leaked
    }

    It 'File_AfterAnother_StartsClean' { $run.Counts.PassedCount | Should -Be 7 -Because $run.Text }

    It 'TestDrive_AfterTheRun_IsGone' {
        $path = ($run.Line -like 'TestDrive=*')[0] -replace '^TestDrive='
        $path | Should -Match '^/.'
        $path | Should -Not -Exist
    }

    It 'TestDrive_WithAMountBelow_FailsTheBlockAndKeepsWhatIsMounted' {
        $file = "$TestDrive/Mounted.Tests.ps1"
        $kept = (New-Item -ItemType Directory -Path "$TestDrive/kept").FullName
        Set-Content "$kept/precious" 'x'
        Set-Content $file @"
Describe 'Mounted' {
    It 'leaves a mount' {
        `$null = New-Item -ItemType Directory -Path "`$TestDrive/point here"
        mount --bind '$kept' "`$TestDrive/point here"
        Write-Host "TestDrive=`$TestDrive"
    }
}
"@
        $run = Invoke-InNewEngine "Invoke-Pester -Path '$file' -Output Detailed"
        $drive = ($run.Line -like 'TestDrive=*')[0] -replace '^TestDrive='
        umount "$drive/point here"
        Remove-Item -LiteralPath $drive -Recurse
        "$kept/precious" | Should -Exist
        $run.Text | Should -BeLike '*point here is still mounted*'
    }

    It 'TestDrive_WithLinkToAFolder_LeavesTheFolder' { "$PSScriptRoot/samples/Leak.Sample.ps1" | Should -Exist }
}

Describe 'NUnit XML' {
    BeforeAll {
        $path = "$TestDrive/results/all.xml"
        $null = Invoke-Sample Outcome, Setup, Error.Parse -Option "TestResult = @{ Enabled = `$true; OutputPath = '$path' }"
        $xml = [xml](Get-Content -LiteralPath $path -Raw)
        $cases = $xml.SelectNodes('//test-case')
    }

    It 'Report_Counts_AreThoseOfTheRun' {
        $run = $xml.'test-results'
        $run.total | Should -Be 21
        $run.failures | Should -Be 10
        $run.skipped | Should -Be 6
        $cases.Count | Should -Be 21
    }

    It 'Report_OfPassedTest_IsSuccess' {
        $case = $cases.Where({ $_.name -eq 'Outcome.passes' })
        $case.result | Should -Be 'Success'
        $case.executed | Should -Be 'True'
        [double]$case.time | Should -BeGreaterOrEqual 0
    }

    It 'Report_OfFailedTest_HasMessageAndPlace' {
        $case = $cases.Where({ $_.name -eq 'Outcome.fails' })
        $case.result | Should -Be 'Failure'
        $case.failure.message | Should -Be 'Expected 2, because two is more, but got 1.'
        $case.failure.'stack-trace' | Should -BeLike '*Outcome.Sample.ps1:3'
    }

    It 'Report_OfSkippedTest_HasTheReason' {
        $case = $cases.Where({ $_.name -eq 'Outcome.skips itself' })
        $case.result | Should -Be 'Ignored'
        $case.reason.message | Should -Be 'there is no tmux'
    }

    It 'Report_OfTestWithoutSetup_HasTheSetupsMessage' {
        $cases.Where({ $_.name -eq 'BeforeAll fails.first' }).failure.message | Should -BeLike '*no ground*'
    }

    It 'Report_OfFailedTeardown_IsOnTheSuite' {
        $suite = $xml.SelectSingleNode("//test-suite[@name='AfterAll fails']")
        $suite.result | Should -Be 'Failure'
        $suite.failure.message | Should -BeLike '*no end*'
    }

    It 'Report_OfBrokenFile_IsOnTheSuite' {
        $suite = $xml.SelectNodes('//test-suite').Where({ $_.name -like '*Error.Parse.Sample.ps1' })
        $suite.failure.message | Should -BeLike '*Missing closing*'
    }

    It 'Report_ControlCharactersInName_StaysReadable' {
        $file = "$TestDrive/Control.Tests.ps1"
        Set-Content $file "Describe 'Control' { It ([string][char]27 + '[31m & <b>') -ForEach @(@{ b = 1 }) { throw ([string][char]0) } }"
        $null = Invoke-InNewEngine "Invoke-Pester -Configuration @{ Run = @{ Path = '$file' }; TestResult = @{ Enabled = `$true; OutputPath = '$TestDrive/control.xml' } }"
        ([xml](Get-Content "$TestDrive/control.xml" -Raw)).SelectSingleNode('//test-case').description | Should -Be '?[31m & 1'
    }
}
