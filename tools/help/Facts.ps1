# What the engine knows of a command, in the words of the page schema.

$script:CommonParameters = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters |
    Where-Object { $_ -notin 'WhatIf', 'Confirm' }

function Get-CommandFact {
    param([Management.Automation.CommandInfo]$Command)
    $sets = @($Command.ParameterSets)
    $fresh = @(if ($Command -is [Management.Automation.CmdletInfo]) { Get-FreshObject $Command.ImplementingType })
    [pscustomobject]@{
        Name       = $Command.Name
        Sets       = @($sets | Sort-Object @{ e = 'IsDefault'; Descending = $true }, Name | ForEach-Object { Get-SetFact $Command $_ $sets.Count })
        Parameters = @($Command.Parameters.Values | Where-Object Name -NotIn $CommonParameters | Sort-Object Name |
                ForEach-Object { Get-ParameterFact $_ $sets $fresh })
    }
}

# A new command object, and what holds the parameters that it shares with others.
function Get-FreshObject {
    param([Type]$Type)
    $command = [Activator]::CreateInstance($Type)
    $command
    if ($command -is [Management.Automation.IDynamicParameters]) { $command.GetDynamicParameters() }
}

function Get-SetFact {
    param($Command, $Set, [int]$Count)
    $parameters = @($Set.Parameters | Where-Object Name -NotIn $CommonParameters | Sort-Object -Stable @{ e = { $_.Position -lt 0 } }, Position, @{ e = { -not $_.IsMandatory } })
    [pscustomobject]@{
        Title      = $Count -eq 1 ? '' : $Set.IsDefault ? "$($Set.Name) (Default)" : $Set.Name
        Parameters = $parameters
        Syntax     = (@($Command.Name) + @($parameters | ForEach-Object { Format-SyntaxPart $_ }) + '[<CommonParameters>]') -join ' '
    }
}

function Format-SyntaxPart {
    param($Parameter)
    $type = Get-ShortType $Parameter.ParameterType
    $name = $Parameter.Position -ge 0 ? "[-$($Parameter.Name)]" : "-$($Parameter.Name)"
    $text = $type -eq 'SwitchParameter' ? "-$($Parameter.Name)" : "$name <$type>"
    $Parameter.IsMandatory ? $text : "[$text]"
}

function Get-ParameterFact {
    param($Parameter, $Sets, [object[]]$Fresh)
    $uses = @($Sets | ForEach-Object { $set = $_; $_.Parameters | Where-Object Name -EQ $Parameter.Name | ForEach-Object { [pscustomobject]@{ SetName = $set.Name; Use = $_ } } })
    $use = $uses[0].Use
    $position = @($uses.Use.Position | Where-Object { $_ -ge 0 }) | Select-Object -First 1
    $pipeline = @(if ($uses.Use.ValueFromPipeline -contains $true) { 'ByValue' }; if ($uses.Use.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' })
    [pscustomobject]@{
        Name     = $Parameter.Name
        Type     = Get-ShortType $Parameter.ParameterType
        FullType = $Parameter.ParameterType.FullName
        Sets     = $uses.Count -eq $Sets.Count ? '(All)' : ($uses.SetName -join ', ')
        Aliases  = $Parameter.Aliases -join ', '
        Accepted = $Parameter.ParameterType.IsEnum ? ([Enum]::GetNames($Parameter.ParameterType) -join ', ') : ''
        Default  = Format-Default $Parameter $Fresh
        Required = $uses.Use.IsMandatory -notcontains $false
        Position = $null -eq $position ? 'Named' : "$position"
        Pipeline = $pipeline ? "True ($($pipeline -join ', '))" : 'False'
        Wildcard = $Parameter.Name -in 'Name', 'Package', 'Guest' -and $Parameter.ParameterType.IsArray
    }
}

function Get-ShortType {
    param([Type]$Type)
    $Type.Name
}

# What a new command object has before anything is bound to it.
function Format-Default {
    param($Parameter, $Fresh)
    $value = $Fresh | Where-Object { $_.psobject.Properties[$Parameter.Name] } | Select-Object -First 1 | ForEach-Object $Parameter.Name
    $text = $value -is [Collections.IDictionary] ? '' : @($value) -join ', '
    $text ? $text : 'None'
}

# The block of a parameter, as it stands on a page.
function Format-ParameterBlock {
    param($Fact)
    @(
        "Type: $($Fact.Type)"
        "Parameter Sets: $($Fact.Sets)"
        "Aliases: $($Fact.Aliases)".TrimEnd()
        if ($Fact.Accepted) { "Accepted values: $($Fact.Accepted)" }
        ''
        "Required: $($Fact.Required)"
        "Position: $($Fact.Position)"
        "Default value: $($Fact.Default)"
        "Accept pipeline input: $($Fact.Pipeline)"
        "Accept wildcard characters: $($Fact.Wildcard)"
    ) -join "`n"
}
