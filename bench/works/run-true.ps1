# Starts an isolated /bin/true in a root and is done with it, fifty times.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$tree = "$store/box"
$times = 50
$bundle = "$($Bench.Folder)/bundle"

$contenders = [ordered]@{
    vserver          = @{ Repeat = $times; Run = { foreach ($turn in 1..$times) { Invoke-VServerCommand box -Store $store -Ephemeral -ArgumentList /bin/true } } }
    bwrap            = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "bwrap --unshare-all --bind $tree / --proc /proc --dev /dev /bin/true" } }
    'unshare+chroot' = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "unshare -mpfuin --mount-proc chroot $tree /bin/true" } }
    runc             = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "runc run -b $bundle bench-`$i" } }
}
# crun knows no hybrid control groups.
if ((stat -f -c %T /sys/fs/cgroup) -eq 'cgroup2fs') {
    $contenders.crun = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "crun run -b $bundle bench-`$i" } }
}

@{
    Rows       = @(@{ Name = 'run-true'; Ours = 'vserver'; Peers = @($contenders.Keys | Where-Object { $_ -ne 'vserver' }) })
    Contenders = $contenders
    Prepare    = {
        Mount-BenchGuest $Bench
        New-BenchBundle $bundle $tree /bin/true
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
