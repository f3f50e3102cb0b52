<#
.SYNOPSIS
    Runs Pester tests of this project in engine processes of their own and adds up what came of them.
.DESCRIPTION
    Uses a Pester module from version 5 on when one can be imported, else tools/pester/VServer.PesterSubset.
    Writes NUnit XML and pester.json to the output folder, emits one object with Passed, Failed, Skipped and Total, and
    exits with the number of failures. A run without tests and a process that ends before its report are failures.
.EXAMPLE
    ./tools/pester/Invoke-ProjectTest.ps1 -Path tests/Pester -Isolated
.EXAMPLE
    ./tools/pester/Invoke-ProjectTest.ps1 -FullName '*undo*' -Verbosity Normal
#>
[CmdletBinding()]
param(
    # Files, or folders whose *.Tests.ps1 are run.
    [string[]] $Path = @("$PSScriptRoot/../../tests/Pester", "$PSScriptRoot/../../tests/runner"),
    [string[]] $Tag = @(),
    [string[]] $ExcludeTag = @(),
    [string[]] $FullName = @(),
    # One process a file: a crash then costs one file, not the run.
    [switch] $Isolated,
    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')] [string] $Verbosity = 'Detailed',
    [string] $OutputFolder = "$PSScriptRoot/../../out/test-results",
    # The pwsh that runs the tests; the one that runs this script unless given.
    [string] $Engine
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. $PSScriptRoot/VServer.PesterSubset/MountGuard.ps1

function Find-Engine {
    $candidates = [Environment]::ProcessPath, "$PSHOME/pwsh", (Get-Command pwsh -CommandType Application -ErrorAction Ignore)?.Source
    foreach ($candidate in $candidates) {
        if ($candidate -and [System.IO.Path]::GetFileNameWithoutExtension($candidate) -eq 'pwsh' -and [System.IO.File]::Exists($candidate)) {
            return $candidate
        }
    }

    throw "No pwsh was found to run tests with: neither this process, nor $PSHOME/pwsh, nor PATH has one. Name it with -Engine."
}

function Find-TestFile {
    foreach ($one in $Path) {
        if (-not (Test-Path -Path $one)) {
            throw "The test path '$one' was not found. Give a test file or a folder that has some."
        }

        foreach ($item in Get-Item -Path $one -Force) {
            if ($item.PSIsContainer) {
                (Get-ChildItem -LiteralPath $item.FullName -Filter '*.Tests.ps1' -Recurse -File -Force | Sort-Object FullName).FullName
            }
            else {
                $item.FullName
            }
        }
    }
}

# Gives the process a temporary folder of its own, so that what a crash leaves there can be removed.
function Invoke-EngineWithTemp {
    param([string] $RequestPath)

    $before = $env:TMPDIR
    $temp = [System.IO.Directory]::CreateTempSubdirectory('vserver-').FullName
    try {
        $env:TMPDIR = $temp
        & $Engine -NoProfile -NonInteractive -File "$PSScriptRoot/Invoke-TestRequest.ps1" $RequestPath 2>&1 |
            ForEach-Object { Write-Host "$_" }
        $LASTEXITCODE
    }
    finally {
        $env:TMPDIR = $before
        Assert-NothingMounted $temp
        [System.IO.Directory]::Delete($temp, $true)
    }
}

# Runs files in one engine process. A process that leaves no report has crashed, and is one failure.
function Invoke-TestProcess {
    param([string] $Name, [string[]] $File)

    $reportPath = "$OutputFolder/$Name.report.json"
    $request = @{
        Path = $File; Tag = $Tag; ExcludeTag = $ExcludeTag; FullName = $FullName; Verbosity = $Verbosity
        ReportPath = $reportPath; ResultPath = "$OutputFolder/$Name.xml"
    }
    $requestPath = "$OutputFolder/$Name.request.json"
    $request | ConvertTo-Json | Set-Content -LiteralPath $requestPath
    $exitCode = Invoke-EngineWithTemp $requestPath
    $report = if (Test-Path -LiteralPath $reportPath) { Get-Content -LiteralPath $reportPath -Raw | ConvertFrom-Json }
    Remove-Item -LiteralPath $requestPath, $reportPath -ErrorAction Ignore
    if ($null -ne $report) {
        return $report
    }

    $message = "The process that ran $($File -join ', ') ended with exit code $exitCode before it could report."
    Write-Host "[-] $message" -ForegroundColor Red
    [PSCustomObject]@{ Runner = ''; Passed = 0; Failed = 1; Skipped = 0; Failures = @($message) }
}

function Add-Report {
    param([object[]] $Report)

    $sum = @{}
    foreach ($name in 'Passed', 'Failed', 'Skipped') {
        $sum[$name] = [int]($Report | Measure-Object -Property $name -Sum).Sum
    }

    $failures = @($Report | ForEach-Object Failures)
    if ($sum.Passed + $sum.Failed + $sum.Skipped -eq 0) {
        $sum.Failed = 1
        $failures = @('No test was run. See the paths and the filters.')
    }

    [PSCustomObject]@{
        Runner   = $Report | ForEach-Object Runner | Where-Object { $_ } | Select-Object -First 1
        Passed   = $sum.Passed
        Failed   = $sum.Failed
        Skipped  = $sum.Skipped
        Total    = $sum.Passed + $sum.Failed + $sum.Skipped
        Failures = $failures
    }
}

$OutputFolder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputFolder)
$Engine = if ($Engine) { $Engine } else { Find-Engine }
$null = [System.IO.Directory]::CreateDirectory($OutputFolder)
Remove-Item -Path "$OutputFolder/pester*.xml", "$OutputFolder/pester*.json"

$files = @(Find-TestFile)
$reports = if ($Isolated) {
    foreach ($file in $files) { Invoke-TestProcess "pester-$((Split-Path $file -Leaf) -replace '\.Tests\.ps1$')" $file }
}
elseif ($files.Count -gt 0) {
    Invoke-TestProcess 'pester' $files
}

$result = Add-Report @($reports)
$result | ConvertTo-Json | Set-Content -LiteralPath "$OutputFolder/pester.json"
foreach ($failure in $result.Failures) {
    Write-Host "failed: $failure" -ForegroundColor Red
}

Write-Host "Pester: $($result.Passed) passed, $($result.Failed) failed, $($result.Skipped) skipped ($($result.Runner))"
$result
# The system keeps eight bits of an exit code: 256 failures would look like none.
exit [Math]::Min($result.Failed, 255)
