# One engine process's share of a run: what Invoke-ProjectTest.ps1 asks for in a file, with the Pester there is.
# Tests run in scopes below this script's, so it sets no preferences and few variables.
param([Parameter(Mandatory)] [string] $____requestPath)

$____request = Get-Content -LiteralPath $____requestPath -Raw | ConvertFrom-Json -AsHashtable
$____runner = Import-Module Pester -MinimumVersion 5.0 -PassThru -ErrorAction Ignore
if (-not $____runner) {
    $____runner = Import-Module "$PSScriptRoot/VServer.PesterSubset/VServer.PesterSubset.psd1" -PassThru -ErrorAction Stop
}

$____result = Invoke-Pester -Configuration (New-PesterConfiguration -Hashtable @{
        Run        = @{ Path = [string[]]$____request.Path; PassThru = $true }
        Filter     = @{
            Tag        = [string[]]$____request.Tag
            ExcludeTag = [string[]]$____request.ExcludeTag
            FullName   = [string[]]$____request.FullName
        }
        Output     = @{ Verbosity = $____request.Verbosity }
        TestResult = @{ Enabled = $true; OutputPath = $____request.ResultPath; OutputFormat = 'NUnitXml' }
    })

# No result means that the runner itself has failed and said so; the missing report tells it to who asked.
if (-not $____result) {
    exit 1
}

@{
    Runner   = "$($____runner.Name) $($____runner.Version)"
    Passed   = $____result.PassedCount
    Failed   = $____result.FailedCount + $____result.FailedBlocksCount + $____result.FailedContainersCount
    Skipped  = $____result.SkippedCount
    Failures = @(
        $____result.Failed | ForEach-Object ExpandedPath
        $____result.FailedBlocks | ForEach-Object { "$($_.ExpandedPath) (setup or teardown)" }
        $____result.FailedContainers | ForEach-Object { "$($_.Item) (file)" }
    )
} | ConvertTo-Json | Set-Content -LiteralPath $____request.ReportPath
