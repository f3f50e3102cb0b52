# The words of a test file. All of them run during discovery and only note what is to be run.

function Describe {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [scriptblock] $Fixture,
        [string[]] $Tag = @(),
        [switch] $Skip,
        $ForEach,
        [switch] $AllowNullOrEmptyForEach
    )

    Add-BlockPerCase $MyInvocation.InvocationName $PSBoundParameters
}

Set-Alias -Name Context -Value Describe

function It {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [scriptblock] $Test,
        [Alias('TestCases')] [object[]] $ForEach,
        [string[]] $Tag = @(),
        [switch] $Skip,
        [switch] $AllowNullOrEmptyForEach
    )

    Assert-Discovery 'It'
    $parent = $script:Run.CurrentBlock
    if ($parent.IsRoot) {
        throw "It '$Name' stands outside of any Describe. Put it into one."
    }

    $reason = if ($Skip) { Get-SkipReason $Test }
    foreach ($case in Get-TestCase 'It' $PSBoundParameters) {
        $parent.Order.Add((New-TestItem $Name $Test $parent $Tag $reason $case.Data))
    }
}

function BeforeDiscovery {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock)

    Assert-Discovery 'BeforeDiscovery'
    . $ScriptBlock
}

function BeforeAll {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock)

    Set-BlockStep 'BeforeAll' $ScriptBlock
}

function BeforeEach {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock)

    Set-BlockStep 'BeforeEach' $ScriptBlock
}

function AfterEach {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock)

    Set-BlockStep 'AfterEach' $ScriptBlock
}

function AfterAll {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock)

    Set-BlockStep 'AfterAll' $ScriptBlock
}

function Assert-Discovery {
    param([string] $Word)

    if ($null -eq $script:Run) {
        throw "$Word works inside of a run. Run the file with Invoke-Pester -Path FILE."
    }

    if (-not $script:Run.Discovering) {
        throw "$Word was called while tests run. It belongs into the body of the file, a Describe or a Context."
    }
}

function Set-BlockStep {
    param([string] $Step, [scriptblock] $ScriptBlock)

    Assert-Discovery $Step
    $block = $script:Run.CurrentBlock
    if ($block.IsRoot -and $Step -like '*Each') {
        throw "$Step stands outside of any Describe. Put it into one."
    }

    if ($null -ne $block.$Step) {
        throw "$Step is already defined in this block. A block has one; put both into it."
    }

    $block.$Step = $ScriptBlock
}

function Add-BlockPerCase {
    param([string] $Kind, $Bound)

    Assert-Discovery $Kind
    $parent = $script:Run.CurrentBlock
    $reason = if ($Bound['Skip']) { Get-SkipReason $Bound.Fixture } elseif ($parent.Skip) { $parent.SkipReason }
    foreach ($case in Get-TestCase $Kind $Bound) {
        $block = New-TestBlock $Bound.Name $Kind $Bound.Fixture $parent $Bound['Tag'] $reason $case.Data
        $parent.Order.Add($block)
        Invoke-BlockDiscovery $block
    }
}

function Invoke-BlockDiscovery {
    param($Block)

    $parent = $script:Run.CurrentBlock
    $script:Run.CurrentBlock = $Block
    try {
        $steps = New-StepList -Step $script:SetBlockVariable, $Block.ScriptBlock -Data $Block.Data
        Invoke-StepList $steps
        if ($steps.Errors.Count -gt 0) {
            throw $steps.Errors[0]
        }
    }
    finally {
        $script:Run.CurrentBlock = $parent
    }
}

# One case for each item, or one without data. An item may be $null, so it travels in a holder.
function Get-TestCase {
    param([string] $Word, $Bound)

    if (-not $Bound.ContainsKey('ForEach')) {
        return [PSCustomObject]@{ Data = $null }
    }

    $items = $Bound['ForEach']
    if ($null -ne $items -and @($items).Count -gt 0) {
        return @(foreach ($item in @($items)) { [PSCustomObject]@{ Data = [PSCustomObject]@{ Item = $item } } })
    }

    if (-not $Bound['AllowNullOrEmptyForEach']) {
        throw "-ForEach of $Word '$($Bound.Name)' is empty, so it would test nothing. Give it items, set during " +
        'discovery, or say -AllowNullOrEmptyForEach.'
    }
}

# The text that the file has after -Skip is the only reason there is.
function Get-SkipReason {
    param([scriptblock] $ScriptBlock)

    $expression = $ScriptBlock.Ast.Parent
    $command = if ($null -ne $expression) { $expression.Parent }
    if ($command -isnot [System.Management.Automation.Language.CommandAst]) {
        return '-Skip'
    }

    foreach ($element in $command.CommandElements) {
        if ($element -is [System.Management.Automation.Language.CommandParameterAst] -and $element.ParameterName -like 'Sk*') {
            return $element.Extent.Text
        }
    }

    '-Skip'
}
