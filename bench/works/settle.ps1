# Folds ten thousand changed files into a guest's tree; told beside the renames themselves, done by perl in folders of the same file system.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$limit = 1.0
$make = 'for d in $(seq 100); do mkdir -p "$1/$d"; for f in $(seq 100); do echo "$2 $f" > "$1/$d/$f"; done; done'
$rename = 'for my $d (1..100) { for my $f (1..100) { rename "$ARGV[0]/$d/$f", "$ARGV[1]/$d/$f" or die $! } }'

# What was there before is replaced by a rename and its inode freed; what is new is not.
function New-Change([string]$Kind) {
    if ($Kind -eq 'changed') { Invoke-Native sh -c $make sh "$store/box/srv/many" old }
    Start-VServer box -Store $store
    try { Invoke-VServerCommand box -Store $store -ArgumentList /bin/sh, -c, $make, sh, /srv/many, new }
    finally { $null = Stop-VServer box -Store $store }
    foreach ($folder in 'from', 'to') { Invoke-Native sh -c $make sh "$mount/$folder" $folder }
    if ($Kind -eq 'new') { Invoke-Native sh -c 'find "$0" -type f -delete' "$mount/to" }
    Invoke-Native sync -f $mount
}

function Measure-Settle([string]$Kind) {
    Mount-BenchGuest $Bench keeping -Setting @{ Delta = 'Keep' }
    New-Change $Kind
    $ours = Measure-Cost { Stop-VServer box -Settle -Store $store }
    $renames = Measure-Cost { Invoke-Native perl -e $rename "$mount/from" "$mount/to" }
    $right = [int](& sh -c 'find "$0" -type f -exec cat {} + | grep -c "^new "' "$store/box/srv/many")
    Dismount-BenchImage $Bench
    [pscustomobject]@{ Ours = $ours; Renames = $renames; Right = $right -eq 10000 }
}

@{
    Rows    = @(@{ Name = 'settle'; Must = $limit })
    Measure = {
        foreach ($kind in 'new', 'changed') {
            $rounds = foreach ($round in 1..$Bench.Runs) {
                Write-Information "settle, round $round of $($Bench.Runs): $kind files" -InformationAction Continue
                Measure-Settle $kind
            }
            $renames = Get-Median $rounds.Renames.Seconds
            $over = @($rounds | ForEach-Object { $_.Ours.Seconds - $_.Renames.Seconds })
            New-BenchRow @{ work = 'settle'; contender = "renames of $kind files"; median = $renames; unit = 's'; runs = $Bench.Runs; cpu = Get-Median $rounds.Renames.Cpu; ratio = 1; equal = $true }
            New-BenchRow @{
                work = 'settle'; contender = "vserver, $kind files, over the renames"; median = Get-Median $over; unit = 's'; runs = $Bench.Runs
                least = ($over | Measure-Object -Minimum).Minimum; most = ($over | Measure-Object -Maximum).Maximum; cpu = Get-Median $rounds.Ours.Cpu
                ratio = [Math]::Round((Get-Median $over) / $limit, 3); must = 1; held = (Get-Median $over) -le $limit; equal = $rounds.Right -notcontains $false
            }
        }
    }
}
