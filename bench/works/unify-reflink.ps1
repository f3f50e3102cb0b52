# Makes the equal files of three full copies of one root share their bytes on disk, on each file system that can; every file keeps its inode.
param($Bench)
$names = 'c0', 'c1', 'c2'
$mount = $Bench.Mount
$store = "$mount/store"

# Everything that is to be found out is on disk: neither contender pays for what the copying left unwritten.
function Mount-ReflinkCopy([string]$Type) {
    Mount-BenchImage $Bench "reflink-$Type" -Type $Type -Size 4G {
        param($folder)
        foreach ($name in $names) { Invoke-Native cp -a --reflink=never $Bench.SourceTree "$folder/$name" }
    }
}

$contenders = [ordered]@{}
foreach ($type in 'btrfs', 'xfs') {
    $contenders["vserver, $type"] = @{ Repeat = 1; Run = {
            Get-VServer 'c[12]' -Store $store | Invoke-VServerUnify -Reference c0 -Scope Tree -Include '/*' -Method Reflink
        }
    }
    $contenders["vserver -Scope Content, $type"] = @{ Repeat = 1; Run = { Get-VServer 'c*' -Store $store | Invoke-VServerUnify -Scope Content -Include '/*' -Method Reflink } }
    $contenders["duperemove, $type"] = @{ Repeat = 1; Run = { Invoke-Native duperemove -dr -q $mount } }
    $contenders["jdupes -B, $type"] = @{ Repeat = 1; Run = { Invoke-Native jdupes -r -B -q $mount } }
}

@{
    Rows       = @(
        foreach ($type in 'btrfs', 'xfs') {
            @{ Name = "unify-reflink-$type"; Ours = "vserver, $type"; Peers = "duperemove, $type", "jdupes -B, $type" }
            @{ Name = "unify-reflink-content-$type"; Ours = "vserver -Scope Content, $type"; Peers = "duperemove, $type", "jdupes -B, $type" }
        }
    )
    Contenders = $contenders
    Prepare    = {
        param($contender)
        Mount-ReflinkCopy ($contender -split ', ')[1]
        if ($contender -like 'vserver*') { Add-BenchGuest $mount $store $names }
    }
    Verify     = {
        param($contender)
        Invoke-Native sync -f $mount
        $used = [long](& df --output=used -B1 $mount | Select-Object -Last 1)
        [pscustomobject]@{ Digest = Get-TreeDigest (Get-TreePath $Bench $contender $names); Bytes = $used; Type = ($contender -split ', ')[1] }
    }
    # Equal: every name's content and metadata as in the full copies, and as much space won as the best on that file system, within a fiftieth.
    Equal      = {
        param($verdicts, $contender)
        $own = $verdicts[$contender]
        $least = ($verdicts.Values | Where-Object Type -EQ $own.Type | ForEach-Object Bytes | Measure-Object -Minimum).Minimum
        -not ($own.Digest | Where-Object { $_ -ne (Get-SourceDigest $Bench) }) -and $own.Bytes -le 1.02 * $least
    }
    Finish     = { Dismount-BenchImage $Bench }
}
