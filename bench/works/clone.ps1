# Makes a guest that shares its package files with another; the peers link or copy every file, configuration too.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"

@{
    Rows       = @(
        @{ Name = 'clone'; Ours = 'vserver'; Peers = @('cp -al', 'rsync --link-dest', 'cp -a --reflink=auto'); Must = 0.8; Aim = 0.5 }
    )
    # Until the runtime has compiled for good what it runs often: its compiler takes a processor that ours would use and the peers leave free.
    Warmup     = 8
    LeastRuns  = 9
    Contenders = [ordered]@{
        'vserver'              = @{ Repeat = 1; Run = { Copy-VServer box clone -Store $store } }
        'cp -al'               = @{ Repeat = 1; Run = { Invoke-Native cp -al "$store/box" "$mount/clone" } }
        'rsync --link-dest'    = @{ Repeat = 1; Run = { Invoke-Native rsync -aH "--link-dest=$store/box" "$store/box/" "$mount/clone" } }
        'cp -a --reflink=auto' = @{ Repeat = 1; Run = { Invoke-Native cp -a --reflink=auto "$store/box" "$mount/clone" } }
    }
    Prepare    = {
        Mount-BenchImage $Bench one -Size 3G {
            param($folder)
            Invoke-Native cp -a $Bench.SourceTree "$folder/box"
            Add-BenchGuest $folder "$folder/store" box
        }
    }
    Verify     = {
        param($contender)
        $clone = $contender -eq 'vserver' ? "$store/clone" : "$mount/clone"
        & sh -c 'cd "$0" && find . -type f -path "./usr/*" -print0 | sort -z | xargs -0 sha256sum | sha256sum' $clone
    }
    Equal      = { param($verdicts, $contender) $verdicts[$contender] -eq $verdicts['cp -al'] }
    Finish     = { Dismount-BenchImage $Bench }
}
