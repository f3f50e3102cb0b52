# The second phase: files, blocks and tests one after another, in the order of the file.

$script:InvokeChild = { Invoke-BlockChild $script:Run.CurrentBlock }

function Invoke-TestContainer {
    param($Container)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $script:Run.Container.Add($Container)
    Find-TestItem $Container
    if ($Container.ErrorRecord.Count -eq 0) {
        Invoke-RootBlock $Container
    }

    $Container.Duration = $clock.Elapsed
    $Container.Result = Get-ContainerResult $Container
    Write-ContainerEnd $Container
}

# Discovery: runs the file itself, which registers blocks and tests and does nothing else.
function Find-TestItem {
    param($Container)

    $script:Run.CurrentBlock = $Container.Root
    $script:Run.Discovering = $true
    Write-ContainerStart $Container
    try {
        $file = [scriptblock]::Create("& '$($Container.Name -replace "'", "''")'")
        $steps = New-StepList -Step $file
        Invoke-StepList $steps
        $Container.ErrorRecord.AddRange($steps.Errors)
    }
    finally {
        $script:Run.Discovering = $false
    }

    Select-TestItem $Container.Root $script:Run.Configuration.Filter
}

function Invoke-RootBlock {
    param($Container)

    if (-not $Container.Root.ShouldRun) {
        return
    }

    $location = Get-Location
    New-TestDrive
    try {
        Invoke-TestBlock $Container.Root
    }
    finally {
        # A drive that is somebody's location cannot be removed.
        Set-Location -LiteralPath $location.Path
        try { Remove-TestDrive } catch { $Container.ErrorRecord.Add($_) }
    }

    $Container.ErrorRecord.AddRange($Container.Root.ErrorRecord)
}

function Invoke-TestBlock {
    param($Block)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $known = Get-TestDriveEntry
    $before, $after = if (-not $Block.Skip) { $Block.BeforeAll, $Block.AfterAll } else { $null, $null }
    $steps = New-StepList -Data $Block.Data -LastStep $after -Step @(
        $script:SetBlockVariable, $before, $script:ExpandBlockName, $script:InvokeChild
    )

    $parent = $script:Run.CurrentBlock
    $script:Run.CurrentBlock = $Block
    Invoke-StepList $steps -NewScriptScope:$Block.IsRoot
    $script:Run.CurrentBlock = $parent

    $Block.ErrorRecord.AddRange($steps.Errors)
    try { Reset-TestDrive $known } catch { $Block.ErrorRecord.Add($_) }
    $Block.Duration = $clock.Elapsed
    Complete-TestBlock $Block
}

function Invoke-BlockChild {
    param($Block)

    Write-BlockStart $Block
    foreach ($item in $Block.Order) {
        if (-not $item.ShouldRun) {
            continue
        }

        if ($item.ItemType -eq 'Test') { Invoke-TestItem $item } else { Invoke-TestBlock $item }
    }
}

function Complete-TestBlock {
    param($Block)

    # Only a failed BeforeAll leaves tests and blocks without a result.
    foreach ($item in @(Get-ChildTest $Block) + @(Get-ChildBlock $Block)) {
        if ($item.ShouldRun -and $item.Result -eq 'NotRun' -and $item -ne $Block) {
            $item.Result = 'Failed'
        }
    }

    $failed = $Block.ErrorRecord.Count -gt 0 -or @($Block.Order.Where({ $_.Result -eq 'Failed' })).Count -gt 0
    $Block.Result = if ($failed) { 'Failed' } elseif ($Block.Skip) { 'Skipped' } else { 'Passed' }
    if ($Block.ErrorRecord.Count -gt 0 -and -not $Block.IsRoot) {
        Write-BlockFailure $Block
    }
}

function Invoke-TestItem {
    param($Test)

    if ($Test.Skip) {
        $Test.Result = 'Skipped'
        Write-TestResult $Test
        return
    }

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    # From the outermost block inwards before the test, and back outwards after it.
    $before = [System.Collections.Generic.List[object]]::new()
    $after = [System.Collections.Generic.List[object]]::new()
    for ($block = $Test.Parent; $null -ne $block; $block = $block.Parent) {
        $before.Insert(0, $block.BeforeEach)
        $after.Add($block.AfterEach)
    }

    $steps = New-StepList -Data $Test.Data -LastStep $after -Step @(
        $script:SetTestVariable; $before; $script:ExpandTestName; $Test.ScriptBlock
    )
    $script:Run.CurrentTest = $Test
    Invoke-StepList $steps
    $script:Run.CurrentTest = $null

    $Test.Duration = $clock.Elapsed
    Complete-TestItem $Test $steps.Errors
    Write-TestResult $Test
}

function Complete-TestItem {
    param($Test, $Failure)

    $skip, $real = @($Failure).Where({ $_.FullyQualifiedErrorId -eq 'PesterTestSkipped' }, 'Split')
    $Test.ErrorRecord.AddRange([System.Management.Automation.ErrorRecord[]]@($real))
    if ($Test.ErrorRecord.Count -gt 0) {
        $Test.Result = 'Failed'
    }
    elseif ($skip.Count -gt 0) {
        $Test.Result = 'Skipped'
        $Test.SkipReason = $skip[0].TargetObject.Reason
    }
    else {
        $Test.Result = 'Passed'
    }
}

function Get-ContainerResult {
    param($Container)

    if ($Container.ErrorRecord.Count -gt 0 -or $Container.Root.Result -eq 'Failed') { 'Failed' }
    elseif ($Container.Root.ShouldRun) { 'Passed' }
    else { 'NotRun' }
}
