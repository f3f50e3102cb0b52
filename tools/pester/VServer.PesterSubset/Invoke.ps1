function Invoke-Pester {
    [CmdletBinding(DefaultParameterSetName = 'Simple')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Simple')] [string[]] $Path = '.',
        [Parameter(ParameterSetName = 'Simple')] [Alias('Tag')] [string[]] $TagFilter = @(),
        [Parameter(ParameterSetName = 'Simple')] [Alias('ExcludeTag')] [string[]] $ExcludeTagFilter = @(),
        [Parameter(ParameterSetName = 'Simple')] [Alias('Name')] [string[]] $FullNameFilter = @(),
        [Parameter(ParameterSetName = 'Simple')] [string] $Output = 'Normal',
        [Parameter(ParameterSetName = 'Simple')] [switch] $PassThru,
        [Parameter(Mandatory, ParameterSetName = 'Advanced')] $Configuration
    )

    if ($null -ne $script:Run) {
        throw 'Invoke-Pester was called by a test. Start another engine for a run inside of a run.'
    }

    $given = if ($PSCmdlet.ParameterSetName -eq 'Simple') {
        @{
            Run    = @{ Path = $Path; PassThru = $PassThru }
            Filter = @{ Tag = $TagFilter; ExcludeTag = $ExcludeTagFilter; FullName = $FullNameFilter }
            Output = @{ Verbosity = $Output }
        }
    }
    else {
        $Configuration
    }

    $options = if ($given -is [System.Collections.IDictionary]) { New-PesterConfiguration $given } else { $given }
    $options = ConvertTo-RunConfiguration $options
    $files = @(Find-TestFile $options.Run.Path)
    $result = Invoke-TestRun $files $options $PSCmdlet.SessionState
    if ($options.TestResult.Enabled) {
        Export-NUnitReport $result $PSCmdlet.GetUnresolvedProviderPathFromPSPath($options.TestResult.OutputPath)
    }

    Complete-Invocation $result $options.Run
}

function Invoke-TestRun {
    param([string[]] $File, $Configuration, [System.Management.Automation.SessionState] $SessionState)

    $script:Run = New-TestRun $Configuration $SessionState
    try {
        foreach ($one in $File) {
            Invoke-TestContainer (New-TestContainer $one)
        }

        $result = New-RunResult $script:Run
        Write-RunEnd $result
        $result
    }
    finally {
        $script:Run = $null
    }
}

function Complete-Invocation {
    param($Result, $Option)

    $failures = Get-FailureCount $Result
    $global:LASTEXITCODE = $failures
    if ($Option.PassThru) {
        $Result
    }

    if ($Option.Throw -and $failures -gt 0) {
        throw "The test run failed: $($Result.FailedCount) tests, $($Result.FailedBlocksCount) setups or teardowns and " +
        "$($Result.FailedContainersCount) files failed, $($Result.PassedCount) tests passed."
    }

    if ($Option.Exit) {
        # The system keeps eight bits of an exit code: 256 failures would look like none.
        exit [Math]::Min($failures, 255)
    }
}

# A run without tests has shown nothing, so it has failed.
function Get-FailureCount {
    param($Result)

    $failures = $Result.FailedCount + $Result.FailedBlocksCount + $Result.FailedContainersCount
    if ($failures -eq 0 -and $Result.Result -eq 'Failed') { 1 } else { $failures }
}

function New-RunResult {
    param($Run)

    $tests = @(foreach ($container in $Run.Container) { Get-ChildTest $container.Root })
    $blocks = @(foreach ($container in $Run.Container) { (Get-ChildBlock $container.Root).Where({ -not $_.IsRoot }) })
    $failedBlocks = $blocks.Where({ $_.ErrorRecord.Count -gt 0 })
    $failedContainers = $Run.Container.Where({ $_.ErrorRecord.Count -gt 0 })
    $by = @{}
    foreach ($outcome in 'Passed', 'Failed', 'Skipped', 'NotRun') {
        $by[$outcome] = @($tests.Where({ $_.Result -eq $outcome }))
    }

    $isGood = $by.Failed.Count + $failedBlocks.Count + $failedContainers.Count -eq 0 -and
    $by.Passed.Count + $by.Skipped.Count -gt 0
    [PSCustomObject]@{
        PSTypeName            = 'VServer.PesterSubset.Result'
        Result                = if ($isGood) { 'Passed' } else { 'Failed' }
        TotalCount            = $tests.Count
        PassedCount           = $by.Passed.Count
        FailedCount           = $by.Failed.Count
        SkippedCount          = $by.Skipped.Count
        NotRunCount           = $by.NotRun.Count
        FailedBlocksCount     = $failedBlocks.Count
        FailedContainersCount = $failedContainers.Count
        Duration              = $Run.Clock.Elapsed
        ExecutedAt            = $Run.ExecutedAt
        Tests                 = $tests
        Passed                = $by.Passed
        Failed                = $by.Failed
        Skipped               = $by.Skipped
        NotRun                = $by.NotRun
        FailedBlocks          = @($failedBlocks)
        FailedContainers      = @($failedContainers)
        Containers            = $Run.Container.ToArray()
        Configuration         = $Run.Configuration
    }
}

# A file is taken as it is named; a folder gives its *.Tests.ps1, at any depth.
function Find-TestFile {
    param([string[]] $Path)

    foreach ($one in $Path) {
        $items = @(Get-Item -Path $one -Force -ErrorAction Ignore)
        if ($items.Count -eq 0) {
            throw "The test path '$one' was not found. Give a file, a folder or a wildcard that matches some."
        }

        foreach ($item in $items) {
            if ($item.PSIsContainer) {
                (Get-ChildItem -LiteralPath $item.FullName -Filter '*.Tests.ps1' -Recurse -File -Force | Sort-Object FullName).FullName
            }
            else {
                $item.FullName
            }
        }
    }
}
