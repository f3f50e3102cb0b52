# Starts an isolated /bin/true in a root and is done with it, fifty times.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$tree = "$store/box"
$times = 50

$contenders = Get-BenchPeer $Bench $tree $times
$peers = @($contenders.Keys)
$contenders.Insert(0, 'vserver', @{ Repeat = $times; Run = { foreach ($turn in 1..$times) { Invoke-VServerCommand box -Store $store -Ephemeral -ArgumentList /bin/true } } })

@{
    Rows       = @(@{ Name = 'run-true'; Ours = 'vserver'; Peers = $peers })
    Contenders = $contenders
    Prepare    = {
        Mount-BenchGuest $Bench
        New-BenchBundle "$($Bench.Folder)/bundle" $tree /bin/true
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
