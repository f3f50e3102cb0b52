<#
.SYNOPSIS
Builds, tests, shows, measures and packs the module.
.DESCRIPTION
Needs PowerShell 7.6 or later, the .NET 10 SDK, gcc and make. On a machine without PowerShell use build.sh, which takes the same tasks.
Everything made goes to out/. What is unchanged is not made again.
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 -Task Test -Suite Pester -Name *undo*
.EXAMPLE
./build.ps1 -Task Bench unify-copies
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack', 'Clean')]
    [string]$Task = 'Build',

    # Test: only tests whose full name is like this. Bench: only works named so.
    [Parameter(Position = 1)]
    [SupportsWildcards()]
    [string[]]$Name = @(),

    # Test: only these of the test projects and folders below tests/.
    [SupportsWildcards()]
    [string[]]$Suite = '*',

    # Bench: how often each contender runs; 0 for what the bench thinks right.
    [ValidateRange(0, 100)]
    [int]$Runs,

    # Bench: also the peers that take minutes a run.
    [switch]$All,

    # Bench: fails when a row does not hold what it must.
    [switch]$Check
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Get-ChildItem "$PSScriptRoot/tools/build/*.ps1" | ForEach-Object { . $_ }

# A list given through build.sh comes as one text.
$suites = $Suite -split ','
$names = @($Name -split ',' | Where-Object { $_ })
$context = New-BuildContext -Root $PSScriptRoot
switch ($Task) {
    'Clean' { Remove-BuildOutput $context; return }
    default { Invoke-ModuleBuild $context }
}

switch ($Task) {
    'Test' { exit (Invoke-TestTask $context -Suite $suites -Name $names) }
    'Demo' { & "$PSScriptRoot/demo/demo.ps1" -Module $context.ModuleFolder }
    'Bench' {
        $options = @{ All = $All; Check = $Check }
        if ($names) { $options.Name = $names }
        if ($Runs) { $options.Runs = $Runs }
        & "$PSScriptRoot/bench/bench.ps1" @options
    }
    'Pack' { New-ModulePackage $context }
}
