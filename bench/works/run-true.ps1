# Starts an isolated /bin/true in a root and is done with it, fifty times.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$tree = "$store/box"
$times = 50
$bundle = "$($Bench.Folder)/bundle"

function Invoke-Loop([string]$Command) {
    & sh -c "i=0; while [ `$i -lt $times ]; do $Command || exit 1; i=`$((i+1)); done"
    if ($LASTEXITCODE -ne 0) { throw "'$Command' failed." }
}

function New-Bundle {
    if (Test-Path $bundle) { Remove-Item $bundle -Recurse }
    $null = New-Item -ItemType Directory $bundle
    Invoke-Native runc spec -b $bundle
    $config = Get-Content "$bundle/config.json" -Raw | ConvertFrom-Json -AsHashtable
    $config.process.terminal = $false
    $config.process.args = @('/bin/true')
    $config.root.path = $tree
    $config | ConvertTo-Json -Depth 20 | Set-Content "$bundle/config.json"
}

$contenders = [ordered]@{
    vserver          = @{ Repeat = $times; Run = { foreach ($turn in 1..$times) { Invoke-VServerCommand box -Store $store -Ephemeral -ArgumentList /bin/true } } }
    bwrap            = @{ Repeat = $times; Run = { Invoke-Loop "bwrap --unshare-all --bind $tree / --proc /proc --dev /dev /bin/true" } }
    'unshare+chroot' = @{ Repeat = $times; Run = { Invoke-Loop "unshare -mpfuin --mount-proc chroot $tree /bin/true" } }
    runc             = @{ Repeat = $times; Run = { Invoke-Loop "runc run -b $bundle bench-`$i" } }
}
# crun knows no hybrid control groups.
if ((stat -f -c %T /sys/fs/cgroup) -eq 'cgroup2fs') {
    $contenders.crun = @{ Repeat = $times; Run = { Invoke-Loop "crun run -b $bundle bench-`$i" } }
}

@{
    Rows       = @(@{ Name = 'run-true'; Ours = 'vserver'; Peers = @($contenders.Keys | Where-Object { $_ -ne 'vserver' }) })
    Contenders = $contenders
    Prepare    = {
        Mount-BenchImage $Bench box -Size 2G {
            param($folder)
            Invoke-Native cp -a $Bench.SourceTree "$folder/tree"
            $null = New-VServer box -Path "$folder/tree" -Store "$folder/store"
        }
        New-Bundle
    }
    Verify     = {
        param($contender)
        if ($contender -eq 'vserver' -and -not $contenders.Contains('crun')) {
            Write-Information 'run-true: crun is left out, since it needs unified control groups.' -InformationAction Continue
        }
        & sh -c 'find "$0" | sort | sha256sum' $tree
    }
    Equal      = { param($verdicts, $contender) $verdicts[$contender] -eq $verdicts['bwrap'] }
    Finish     = { Dismount-BenchImage $Bench }
}
