function New-PesterConfiguration {
    [CmdletBinding()]
    param([System.Collections.IDictionary] $Hashtable = @{})

    $configuration = [PSCustomObject]@{
        PSTypeName = 'VServer.PesterSubset.Configuration'
        Run        = [PSCustomObject]@{ Path = @('.'); PassThru = $false; Exit = $false; Throw = $false }
        Filter     = [PSCustomObject]@{ Tag = @(); ExcludeTag = @(); FullName = @() }
        Output     = [PSCustomObject]@{ Verbosity = 'Normal' }
        Should     = [PSCustomObject]@{ ErrorAction = 'Stop' }
        TestResult = [PSCustomObject]@{ Enabled = $false; OutputPath = 'testResults.xml'; OutputFormat = 'NUnitXml' }
    }

    foreach ($section in $Hashtable.Keys) {
        foreach ($option in $Hashtable[$section].Keys) {
            Set-ConfigurationOption $configuration $section $option $Hashtable[$section][$option]
        }
    }

    $configuration
}

function Set-ConfigurationOption {
    param($Configuration, [string] $Section, [string] $Option, $Value)

    $target = $Configuration.PSObject.Properties[$Section]
    if ($null -eq $target -or $null -eq $target.Value.PSObject.Properties[$Option]) {
        throw "There is no configuration option $Section.$Option. See docs/design/pester.md for those there are."
    }

    $target.Value.$Option = $Value
}

# Options are free to be set to anything until here, as with Pester's own object.
function ConvertTo-RunConfiguration {
    param($Configuration)

    $copy = New-PesterConfiguration
    foreach ($section in $copy.PSObject.Properties) {
        foreach ($option in $section.Value.PSObject.Properties) {
            $value = $Configuration.($section.Name).($option.Name)
            $option.Value = if ($option.Value -is [array]) { , [string[]]@($value).Where({ $_ }) }
            elseif ($option.Value -is [bool]) { [bool]$value }
            else { [string]$value }
        }
    }

    Assert-OneOf 'Output.Verbosity' $copy.Output.Verbosity 'None', 'Normal', 'Detailed', 'Diagnostic'
    Assert-OneOf 'Should.ErrorAction' $copy.Should.ErrorAction 'Stop', 'Continue'
    Assert-OneOf 'TestResult.OutputFormat' $copy.TestResult.OutputFormat 'NUnitXml', 'NUnit2.5'
    $copy
}

function Assert-OneOf {
    param([string] $Option, [string] $Value, [string[]] $Allowed)

    if ($Value -notin $Allowed) {
        throw "The configuration option $Option is '$Value'. Set it to one of $($Allowed -join ', ')."
    }
}
