# What a run is made of. The property names are those of Pester's result object.

function New-TestRun {
    param($Configuration, [System.Management.Automation.SessionState] $SessionState)

    [PSCustomObject]@{
        PSTypeName    = 'VServer.PesterSubset.TestRun'
        Configuration = $Configuration
        SessionState  = $SessionState
        Scope         = New-CallerScope $SessionState
        FileScope     = New-CallerFileScope $SessionState
        Discovering   = $false
        CurrentBlock  = $null
        CurrentTest   = $null
        TestDrive     = $null
        Container     = [System.Collections.Generic.List[object]]::new()
        ExecutedAt    = [datetime]::Now
        Clock         = [System.Diagnostics.Stopwatch]::StartNew()
    }
}

function New-TestContainer {
    param([string] $Path)

    [PSCustomObject]@{
        PSTypeName  = 'VServer.PesterSubset.Container'
        Name        = $Path
        Item        = Get-Item -LiteralPath $Path -Force
        Root        = New-TestBlock -Name 'Root'
        Result      = 'NotRun'
        ErrorRecord = [System.Collections.Generic.List[System.Management.Automation.ErrorRecord]]::new()
        Duration    = [timespan]::Zero
    }
}

function New-TestBlock {
    param([string] $Name, [string] $Kind, [scriptblock] $ScriptBlock, $Parent, [string[]] $Tag, $SkipReason, $Data)

    [PSCustomObject]@{
        PSTypeName   = 'VServer.PesterSubset.Block'
        ItemType     = 'Block'
        Kind         = $Kind
        Name         = $Name
        ExpandedName = $Name
        ExpandedPath = Join-ItemPath $Parent $Name
        Path         = Get-ItemPath $Parent $Name
        IsRoot       = $null -eq $Parent
        Parent       = $Parent
        Depth        = if ($null -eq $Parent) { 0 } else { $Parent.Depth + 1 }
        Tag          = $Tag
        Skip         = $null -ne $SkipReason
        SkipReason   = $SkipReason
        Include      = $false
        Exclude      = $false
        ShouldRun    = $true
        ScriptBlock  = $ScriptBlock
        Data         = $Data
        Order        = [System.Collections.Generic.List[object]]::new()
        BeforeAll    = $null
        BeforeEach   = $null
        AfterEach    = $null
        AfterAll     = $null
        Result       = 'NotRun'
        ErrorRecord  = [System.Collections.Generic.List[System.Management.Automation.ErrorRecord]]::new()
        Duration     = [timespan]::Zero
    }
}

function New-TestItem {
    param([string] $Name, [scriptblock] $ScriptBlock, $Parent, [string[]] $Tag, $SkipReason, $Data)

    [PSCustomObject]@{
        PSTypeName   = 'VServer.PesterSubset.Test'
        ItemType     = 'Test'
        Name         = $Name
        ExpandedName = $Name
        ExpandedPath = Join-ItemPath $Parent $Name
        Path         = Get-ItemPath $Parent $Name
        Parent       = $Parent
        Tag          = $Tag
        Skip         = $null -ne $SkipReason
        SkipReason   = $SkipReason
        ShouldRun    = $true
        ScriptBlock  = $ScriptBlock
        Data         = $Data
        Result       = 'NotRun'
        ErrorRecord  = [System.Collections.Generic.List[System.Management.Automation.ErrorRecord]]::new()
        Duration     = [timespan]::Zero
    }
}

function Join-ItemPath {
    param($Parent, [string] $Name)

    if ($null -eq $Parent -or $Parent.IsRoot) { $Name } else { "$($Parent.ExpandedPath).$Name" }
}

function Get-ItemPath {
    param($Parent, [string] $Name)

    , [string[]]@(if ($null -ne $Parent -and -not $Parent.IsRoot) { $Parent.Path }; $Name)
}

function Get-ChildTest {
    param($Block)

    foreach ($item in $Block.Order) {
        if ($item.ItemType -eq 'Test') { $item } else { Get-ChildTest $item }
    }
}

function Get-ChildBlock {
    param($Block)

    $Block
    foreach ($item in $Block.Order) {
        if ($item.ItemType -eq 'Block') { Get-ChildBlock $item }
    }
}
