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
    param([string]$Suite, [int]$Passed, [int]$Failed, [int]$Skipped, [double]$Seconds)
    [pscustomobject]@{ Suite = $Suite; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Seconds = $Seconds }
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
        Write-Host "failed: $suite could not be run: $_"
        New-SuiteResult $suite -Failed 1 -Seconds $clock.Elapsed.TotalSeconds
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
    foreach ($result in $results | Where-Object outcome -NE 'Passed') {
        $message = $result.SelectSingleNode('.//*[local-name()="Message"]|.//*[local-name()="StdOut"]')
        Write-Host "$($result.outcome -eq 'Failed' ? 'failed' : 'skipped'): $($result.testName): $($message.InnerText)"
        $result.SelectSingleNode('.//*[local-name()="StackTrace"]')?.InnerText | Write-Host
    }
    $crashed = $run.SelectSingleNode('//*[local-name()="ResultSummary"]').outcome -notin 'Completed', 'Failed', 'Passed'
    if ($crashed) { Write-Host "failed: the run of $Suite was broken off; see out/logs/$Suite.log" }
    $passed = @($results | Where-Object outcome -EQ 'Passed').Count
    $failed = @($results | Where-Object outcome -EQ 'Failed').Count
    New-SuiteResult $Suite $passed ($failed + $crashed) ($results.Count - $passed - $failed) $Clock.Elapsed.TotalSeconds
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
        New-SuiteResult $suite $sum.Passed $sum.Failed $sum.Skipped $clock.Elapsed.TotalSeconds
    }
    catch {
        Write-Host "failed: $suite could not be run: $_"
        New-SuiteResult $suite -Failed 1 -Seconds $clock.Elapsed.TotalSeconds
    }
}
