<#
.SYNOPSIS
Measures our work beside its peers, in one run, on the same trees.
.DESCRIPTION
Each work in bench/works prepares its trees outside the timed part, runs its contenders alternately, and checks that all left the same
result. The table is printed and written to out/bench/results.json. Only ratios travel from machine to machine. docs/design/bench.md says
how each contender is called.
#>
[CmdletBinding()]
param(
    # Works or rows of the table; all by default.
    [string[]]$Name = '*',

    # Rounds; each contender runs once a round.
    [ValidateRange(1, 100)][int]$Runs = 3,

    # Also the peers that take minutes a run.
    [switch]$All,

    # Fails when a row does not hold what it must, or left another result than its peers.
    [switch]$Check
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Get-ChildItem "$PSScriptRoot/parts/*.ps1" | ForEach-Object { . $_ }

$root = Split-Path $PSScriptRoot
$bench = New-BenchContext -Root $root -Runs $Runs -All:$All
Import-Module "$root/out/VServer" -Force
$failure = $null
try {
    Show-BenchVersion
    $works = @(Get-ChildItem "$PSScriptRoot/works/*.ps1" | ForEach-Object { Select-BenchWork $bench $_ $Name })
    if (-not $works) {
        throw "No work is named '$($Name -join ', ')'. There are: $((Get-ChildItem "$PSScriptRoot/works/*.ps1").BaseName -join ', ')."
    }
    Initialize-BenchTree $bench
    $results = @(foreach ($work in $works) { Invoke-BenchWork $bench $work })
    ConvertTo-Json -InputObject $results | Set-Content "$root/out/bench/results.json"
    Format-BenchResult $results
}
catch {
    $failure = $_
    throw
}
finally {
    try {
        Remove-BenchContext $bench
    }
    catch {
        # Why the bench failed says more than what its end left mounted.
        if (-not $failure) { throw }
        Write-Warning "'$($bench.Folder)' is left: $_"
    }
}
$broken = @($results | Where-Object { $null -ne $_.must -and ($_.held -eq $false -or $_.equal -eq $false) })
if ($Check -and $broken) {
    throw "Not held: $(($broken | ForEach-Object { "$($_.work) ($($_.contender))" }) -join ', ')."
}
