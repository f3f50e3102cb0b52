# What a person sees. Failures and skips are shown unless the verbosity is None; the rest from Detailed on.

function Test-Verbosity {
    param([string] $Level)

    $levels = 'None', 'Normal', 'Detailed', 'Diagnostic'
    $levels.IndexOf($script:Run.Configuration.Output.Verbosity) -ge $levels.IndexOf($Level)
}

function Write-RunLine {
    param([string] $Level, [string] $Text, [string] $Color = 'Gray')

    if (Test-Verbosity $Level) {
        Write-Host $Text -ForegroundColor $Color
    }
}

function Write-ContainerStart {
    param($Container)

    Write-RunLine 'Detailed' "`nRunning tests from '$($Container.Name)'" 'Magenta'
}

function Write-ContainerEnd {
    param($Container)

    $time = Format-Time $Container.Duration
    switch ($Container.Result) {
        'Failed' { Write-RunLine 'Normal' "[-] $($Container.Name) $time" 'Red' }
        'Passed' { Write-RunLine 'Normal' "[+] $($Container.Name) $time" 'Green' }
        default { Write-RunLine 'Detailed' "[ ] $($Container.Name) has nothing to run" }
    }

    Write-Failure $Container.ErrorRecord '  '
}

function Write-BlockStart {
    param($Block)

    if (-not $Block.IsRoot) {
        $word = if ($Block.Kind -eq 'Describe') { 'Describing' } else { $Block.Kind }
        Write-RunLine 'Detailed' "$(Get-Margin $Block)$word $($Block.ExpandedName)" 'Cyan'
    }
}

function Write-BlockFailure {
    param($Block)

    $margin = Get-Margin $Block
    Write-RunLine 'Normal' "$margin[-] $($Block.Kind) $($Block.ExpandedPath) failed in its setup or teardown" 'Red'
    Write-Failure $Block.ErrorRecord "$margin    "
}

function Write-TestResult {
    param($Test)

    $isDetailed = Test-Verbosity 'Detailed'
    $margin = if ($isDetailed) { (Get-Margin $Test.Parent) + '  ' }
    $name = if ($isDetailed) { $Test.ExpandedName } else { $Test.ExpandedPath }
    $time = Format-Time $Test.Duration
    switch ($Test.Result) {
        'Passed' { Write-RunLine 'Detailed' "$margin[+] $name $time" 'Green' }
        'Skipped' { Write-RunLine 'Normal' "$margin[!] $name is skipped, because $($Test.SkipReason)" 'Yellow' }
        'Failed' {
            Write-RunLine 'Normal' "$margin[-] $name $time" 'Red'
            Write-Failure $Test.ErrorRecord "$margin    "
        }
    }
}

function Write-Failure {
    param($ErrorRecord, [string] $Margin)

    foreach ($record in $ErrorRecord) {
        foreach ($line in Get-FailureLine $record) {
            Write-RunLine 'Normal' "$Margin$line" 'Red'
        }
    }
}

function Write-RunEnd {
    param($Result)

    $color = if ($Result.Result -eq 'Passed') { 'Green' } else { 'Red' }
    Write-RunLine 'Normal' "Tests completed in $(Format-Time $Result.Duration)"
    Write-RunLine 'Normal' ("Tests Passed: $($Result.PassedCount), Failed: $($Result.FailedCount), " +
        "Skipped: $($Result.SkippedCount), NotRun: $($Result.NotRunCount)") $color
    foreach ($block in $Result.FailedBlocks) {
        Write-RunLine 'Normal' "Setup or teardown failed: $($block.ExpandedPath)" 'Red'
    }

    foreach ($container in $Result.FailedContainers) {
        Write-RunLine 'Normal' "File failed: $($container.Name)" 'Red'
    }

    if ($Result.PassedCount + $Result.FailedCount + $Result.SkippedCount -eq 0) {
        Write-RunLine 'Normal' 'No test was run, which counts as a failure. See Run.Path and the filters.' 'Red'
    }
}

function Get-Margin {
    param($Block)

    ' ' * [Math]::Max(0, $Block.Depth - 1)
}

function Format-Time {
    param([timespan] $Duration)

    if ($Duration.TotalSeconds -ge 1) {
        return $Duration.TotalSeconds.ToString('0.00', [cultureinfo]::InvariantCulture) + 's'
    }

    "$([int]$Duration.TotalMilliseconds)ms"
}
