# What the helper does without an engine: a whole guest for one /bin/true, and one /bin/true in a guest that runs; fifty times each.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$tree = "$store/box"
$helper = Get-BenchHelper $Bench
$request = "$($Bench.Folder)/request"
$times = 50

$guest = @{}
$contenders = Get-BenchPeer $Bench $tree $times
$contenders.Insert(0, 'helper start', @{ Repeat = $times; Run = { Invoke-BenchLoop $times "$helper start 3<$request 4>/dev/null" } })
$contenders['helper exec'] = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "$helper exec 3<$request 4>/dev/null" } }
$contenders['nsenter -a'] = @{ Repeat = $times; Run = { Invoke-BenchLoop $times "nsenter -a -t $($guest.Init) /bin/true" } }

@{
    Rows       = @(
        @{ Name = 'helper-true'; Ours = 'helper start'; Peers = @('bwrap'); Must = 2.0; Aim = 1.2 }
        @{ Name = 'helper-true-unshare'; Ours = 'helper start'; Peers = @('unshare+chroot') }
        @{ Name = 'helper-true-runc'; Ours = 'helper start'; Peers = @('runc'); Must = 0.5 }
        @{ Name = 'helper-exec'; Ours = 'helper exec'; Peers = @('nsenter -a'); Must = 1.5; Aim = 1.1 }
    )
    Contenders = $contenders
    Prepare    = {
        param($contender)
        Mount-BenchGuest $Bench
        New-BenchBundle "$($Bench.Folder)/bundle" $tree '/bin/true'
        $run = Get-BenchRunFolder $store box
        if ($contender -in 'helper exec', 'nsenter -a') {
            Start-VServer box -Store $store
            $guest.Init = (Get-VServer box -Store $store).ProcessId
            Set-BenchRequest $request "run=$run", 'arg=/bin/true'
        }
        else {
            $delta = "$store/.vserver/delta/box"
            Set-BenchRequest $request 'name=box', "tree=$tree", "upper=$delta/upper", "work=$delta/work", "run=$run", 'hostname=box',
                "id-base=$((Get-VServer box -Store $store).IdBase)", 'arg=/bin/true', 'ephemeral=1', 'settle=1'
        }
    }
    Verify     = { & sh -c 'find "$0" | sort | sha256sum' $tree }
    Equal      = { param($verdicts) @($verdicts.Values | Sort-Object -Unique).Count -eq 1 }
    Finish     = {
        $null = Stop-VServer box -Store $store
        Dismount-BenchImage $Bench
    }
}
