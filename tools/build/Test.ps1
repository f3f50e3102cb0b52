# Runs every suite: xunit projects, the helper's own checks, folders of Pester tests. The last line is the sum of all.

function Invoke-TestTask {
    param($Context, [string[]]$Suite, [string[]]$Name)
    $results = @(
        Get-ChildItem "$($Context.Root)/tests/*/*.csproj" | Where-Object { Test-Wanted $_.BaseName $Suite } |
            ForEach-Object { Invoke-XunitSuite $Context $_ $Name }
        if (-not $Name -and (Test-Wanted 'native' $Suite)) { Invoke-NativeSuite $Context }
        Get-ChildItem "$($Context.Root)/tests/*/*.Tests.ps1" | ForEach-Object DirectoryName | Sort-Object -Unique |
            Where-Object { Test-Wanted (Split-Path $_ -Leaf) $Suite } | ForEach-Object { Invoke-PesterSuite $Context $_ $Name }
    )
    # Once more, where the end of a long log has them.
    foreach ($failure in $results | ForEach-Object Failures) { Write-Host "failed: $failure" }
    $results | Format-Table Suite, Passed, Failed, Skipped, @{ n = 'Seconds'; e = { '{0:n1}' -f $_.Seconds }; a = 'right' } | Out-Host
    $sum = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($result in $results) {
        foreach ($count in @($sum.Keys)) { $sum[$count] += $result.$count }
    }
    $none = $sum.Passed + $sum.Failed -eq 0
    if ($none) { Write-Host "No test was run. There are the suites $((Get-ChildItem "$($Context.Root)/tests" -Directory).Name -join ', ')." }
    [Console]::Out.WriteLine("$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped")
    [int]($none -or $sum.Failed -gt 0)
}

function Test-Wanted {
    param([string]$Found, [string[]]$Suite)
    [bool]($Suite | Where-Object { $Found -like $_ })
}

function New-SuiteResult {
    param([string]$Suite, [int]$Passed, [int]$Failed, [int]$Skipped, [double]$Seconds, [string[]]$Failures = @())
    [pscustomobject]@{ Suite = $Suite; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Seconds = $Seconds; Failures = $Failures }
}

# A suite that could not report is one failure.
function New-SuiteFailure {
    param([string]$Suite, [string]$Message, [double]$Seconds)
    Write-Host "failed: $Message"
    New-SuiteResult $Suite -Failed 1 -Seconds $Seconds -Failures $Message
}

function Invoke-XunitSuite {
    param($Context, [IO.FileInfo]$Project, [string[]]$Name)
    $suite = $Project.BaseName
    Write-Host "Testing $suite"
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $report = "$($Context.Root)/out/test-results/$suite.trx"
    if (Test-Path $report) { Remove-Item $report }
    try {
        Build-XunitSuite $Context $Project
        $assembly = "$($Context.Root)/out/build/bin/$suite/release/$suite.dll"
        $filter = @(if ($Name) { '--filter', (($Name | ForEach-Object { "FullyQualifiedName~$($_.Trim('*'))" }) -join '|') })
        & dotnet test $assembly --nologo --logger "trx;LogFileName=$report" @filter *> "$($Context.LogFolder)/$suite.log"
        Read-XunitReport $report $suite $clock
    }
    catch {
        New-SuiteFailure $suite "$suite could not be run: $_" $clock.Elapsed.TotalSeconds
    }
}

function Build-XunitSuite {
    param($Context, [IO.FileInfo]$Project)
    $suite = $Project.BaseName
    $sources = @('src', "tests/$suite", 'tests/crash', 'tools/provision') + $CommonInputs
    Invoke-Step $Context "tests-$suite" -In $sources -Out "out/build/bin/$suite/release/$suite.dll" {
        Invoke-Logged $Context "build-$suite" dotnet @('build', $Project.FullName, '-c', 'Release', '-nologo', '-v', 'quiet')
    }
}

function Read-XunitReport {
    param([string]$Report, [string]$Suite, [Diagnostics.Stopwatch]$Clock)
    if (-not (Test-Path $Report)) {
        throw "there is no report; see out/logs/$Suite.log"
    }

    $run = [xml]::new()
    $run.Load($Report)
    $results = @($run.SelectNodes('//*[local-name()="UnitTestResult"]'))
    $failures = @(foreach ($result in $results | Where-Object outcome -NE 'Passed') {
        $message = $result.SelectSingleNode('.//*[local-name()="Message"]') ?? $result.SelectSingleNode('.//*[local-name()="StdOut"]')
        $text = "$($result.testName): $($message.InnerText)"
        Write-Host "$($result.outcome -eq 'Failed' ? 'failed' : 'skipped'): $text"
        $result.SelectSingleNode('.//*[local-name()="StackTrace"]')?.InnerText | Write-Host
        if ($result.outcome -eq 'Failed') { $text }
    })
    $failed = $failures.Count
    if ($run.SelectSingleNode('//*[local-name()="ResultSummary"]').outcome -notin 'Completed', 'Failed', 'Passed') {
        $failures += "the run of $Suite was broken off; see out/logs/$Suite.log"
        Write-Host "failed: $($failures[-1])"
    }
    $passed = @($results | Where-Object outcome -EQ 'Passed').Count
    New-SuiteResult $Suite $passed $failures.Count ($results.Count - $passed - $failed) $Clock.Elapsed.TotalSeconds $failures
}

function Invoke-PesterSuite {
    param($Context, [string]$Folder, [string[]]$Name)
    $suite = Split-Path $Folder -Leaf
    Write-Host "Testing $suite"
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $output = "$($Context.Root)/out/test-results/$suite"
    try {
        $sum = & "$($Context.Root)/tools/pester/Invoke-ProjectTest.ps1" -Path $Folder -OutputFolder $output -FullName $Name -Isolated -Engine $Context.Engine |
            Select-Object -Last 1
        New-SuiteResult $suite $sum.Passed $sum.Failed $sum.Skipped $clock.Elapsed.TotalSeconds $sum.Failures
    }
    catch {
        New-SuiteFailure $suite "$suite could not be run: $_" $clock.Elapsed.TotalSeconds
    }
}
