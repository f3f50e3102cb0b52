# The front that build.ps1 calls: it adds up processes, and a process that dies is a failure and nothing worse.

BeforeAll {
    . $PSScriptRoot/common.ps1

    function Invoke-Front {
        param([string[]] $Sample, [string] $Option = '')

        $paths = ($Sample | ForEach-Object { "'$PSScriptRoot/samples/$_.Sample.ps1'" }) -join ', '
        $folder = "$TestDrive/$([guid]::NewGuid())"
        $run = Invoke-InNewEngine "& '$script:ToolFolder/Invoke-ProjectTest.ps1' -Path $paths -OutputFolder '$folder' $Option; exit `$LASTEXITCODE"
        $summary = if (Test-Path "$folder/pester.json") { Get-Content "$folder/pester.json" -Raw | ConvertFrom-Json }
        [PSCustomObject]@{
            ExitCode = $run.ExitCode
            Line     = $run.Line
            Text     = $run.Text
            Summary  = $summary
            Xml      = @(Get-ChildItem $folder -Filter *.xml -ErrorAction Ignore).Name
        }
    }
}

Describe 'Invoke-ProjectTest' {
    BeforeAll { $before = $env:TMPDIR }

    AfterEach { $env:TMPDIR = $before }

    It 'Front_MixedOutcomes_AddsThemUp' {
        $run = Invoke-Front Outcome, Filter
        $run.Summary.Passed | Should -Be 8
        $run.Summary.Failed | Should -Be 7
        $run.Summary.Skipped | Should -Be 3
        $run.Summary.Total | Should -Be 18
        $run.ExitCode | Should -Be 7
        $run.Xml | Should -Be 'pester.xml'
    }

    It 'Front_FailedSetups_CountsTestsAndBlocks' { (Invoke-Front Setup).Summary.Failed | Should -Be 5 }

    It 'Front_AllPass_ExitsWithZeroAndSaysWhichRunner' {
        $run = Invoke-Front Filter
        $run.ExitCode | Should -Be 0
        $run.Summary.Failed | Should -Be 0
        $run.Summary.Runner | Should -Match 'Pester\w* \d+\.'
    }

    It 'Front_Failures_AreNamedAtTheEnd' {
        $run = Invoke-Front Outcome
        $run.Line | Should -Contain 'failed: Outcome.fails'
        $run.Summary.Failures | Should -Contain 'Outcome.throws'
    }

    It 'Front_Isolated_CrashCostsOneFile' {
        $run = Invoke-Front Crash, Filter '-Isolated'
        $run.Summary.Passed | Should -Be 5
        $run.Summary.Failed | Should -Be 1
        $run.Text | Should -BeLike '*Crash.Sample.ps1 ended with exit code 9 before it could report*'
        $run.ExitCode | Should -Be 1
    }

    It 'Front_NotIsolated_CrashIsAFailureAndLeavesNoFolder' {
        $env:TMPDIR = (New-Item -ItemType Directory -Path "$TestDrive/temp").FullName
        $run = Invoke-Front Filter, Crash
        $run.Summary.Failed | Should -Be 1
        $run.ExitCode | Should -Be 1
        Get-ChildItem "$TestDrive/temp" | Should -BeNullOrEmpty
    }

    It 'Front_NoTests_IsAFailure' {
        $run = Invoke-Front Nothing
        $run.Summary.Failed | Should -Be 1
        $run.Text | Should -BeLike '*No test was run*'
        $run.ExitCode | Should -Be 1
    }

    It 'Front_FilterMatchesNothing_IsAFailure' { (Invoke-Front Filter "-Tag 'NoSuchTag'").Summary.Failed | Should -Be 1 }

    It 'Front_FullName_RunsOnlyWhatMatches' { (Invoke-Front Filter "-FullName '*plain*'").Summary.Total | Should -Be 2 }

    It 'Front_MissingPath_NamesIt' {
        (Invoke-InNewEngine "& '$script:ToolFolder/Invoke-ProjectTest.ps1' -Path /no/such -OutputFolder '$TestDrive/none'").Text |
            Should -BeLike "*'/no/such' was not found*"
    }
}
