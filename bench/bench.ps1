<#
.SYNOPSIS
Measures our work beside its peers, in one run, on the same trees.
.DESCRIPTION
Each work in bench/works prepares its trees outside the timed part, runs its contenders alternately, and checks that all left the same
result. The table is printed and written to out/bench/results.json. Only ratios travel from machine to machine.
#>
[CmdletBinding()]
param(
    # Works to run; all by default.
    [string[]]$Name = '*',

    # Rounds; each contender runs once a round.
    [ValidateRange(1, 100)][int]$Runs = 3,

    # Also the peers that take minutes a run.
    [switch]$All
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"

$root = Split-Path $PSScriptRoot
$bench = New-BenchContext -Root $root -Runs $Runs -All:$All
Import-Module "$root/out/VServer" -Force
try {
    Show-BenchVersion
    $works = @(Get-ChildItem "$PSScriptRoot/works/*.ps1" | Where-Object { $work = $_; $Name | Where-Object { $work.BaseName -like $_ } })
    if (-not $works) {
        throw "No work is named '$($Name -join ', ')'. There are: $((Get-ChildItem "$PSScriptRoot/works/*.ps1").BaseName -join ', ')."
    }
    $results = foreach ($work in $works) { Invoke-BenchWork -Bench $bench -Path $work.FullName }
    ConvertTo-Json -InputObject @($results | Select-Object work, contender, median_s, runs, ratio_to_best_peer, result_equal) |
        Set-Content "$root/out/bench/results.json"
    $results | Format-Table work, contender, @{ n = 'median_s'; e = { '{0:n4}' -f $_.median_s } }, @{ n = 'spread'; e = { '{0:n4}-{1:n4}' -f $_.least_s, $_.most_s } },
        runs, @{ n = 'ratio'; e = { '{0:n2}' -f $_.ratio_to_best_peer } }, result_equal | Out-String -Width 140
}
finally {
    Remove-BenchContext $bench
}
