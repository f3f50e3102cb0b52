# For the tests of the runner: runs sample files in an engine of their own with VServer.PesterSubset,
# also where these tests themselves are run by Pester.

$script:ToolFolder = "$PSScriptRoot/../../tools/pester"
$script:SampleFolder = "$PSScriptRoot/samples"

function Get-EnginePath {
    $process = [Environment]::ProcessPath
    if ([System.IO.Path]::GetFileName($process) -eq 'pwsh') { $process } else { "$PSHOME/pwsh" }
}

# Runs PowerShell text in a new engine that has the runner; emits what it printed and its exit code.
function Invoke-InNewEngine {
    param([string] $Script)

    $import = "Import-Module '$script:ToolFolder/VServer.PesterSubset/VServer.PesterSubset.psd1'`n"
    $file = "$TestDrive/$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value ($import + $Script)
    $lines = @(& (Get-EnginePath) -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { "$_" })
    [PSCustomObject]@{ ExitCode = $LASTEXITCODE; Line = $lines; Text = $lines -join "`n" }
}

# Runs samples in one new engine, once for each option (the inside of a configuration hashtable, as text),
# and emits for each the counts, the tests by name, and what the engine printed.
function Invoke-Sample {
    param([string[]] $Name, [string[]] $Option = '', [string] $Verbosity = 'Detailed')

    $paths = ($Name | ForEach-Object { "'$script:SampleFolder/$_.Sample.ps1'" }) -join ', '
    $report = "$TestDrive/$([guid]::NewGuid()).json"
    $runs = $Option | ForEach-Object {
        "Invoke-Pester -Configuration @{ Run = @{ Path = $paths; PassThru = `$true }; Output = @{ Verbosity = '$Verbosity' }; $_ }"
    }
    $engine = Invoke-InNewEngine @"
@(
    $($runs -join "`n")
) | ForEach-Object {
    @{
        Counts = `$_ | Select-Object Result, *Count
        Tests = @(`$_.Tests | Select-Object ExpandedPath, Result, @{ n = 'Message'; e = { @(`$_.ErrorRecord.Exception.Message) } })
    }
} | ConvertTo-Json -Depth 4 -AsArray | Set-Content '$report'
"@
    if (-not (Test-Path $report)) {
        throw "The samples $Name left no report:`n$($engine.Text)"
    }

    foreach ($run in Get-Content $report -Raw | ConvertFrom-Json) {
        $tests = @{}
        foreach ($test in $run.Tests) { $tests[$test.ExpandedPath] = $test }
        [PSCustomObject]@{ Counts = $run.Counts; Tests = $tests; Line = $engine.Line; Text = $engine.Text }
    }
}
