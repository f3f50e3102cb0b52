# Makes a guest that shares its package files with a template; the peers link every file, configuration too.
param($Bench)
Initialize-BenchTree $Bench
$mount = $Bench.Mount
$store = "$mount/store"

@{
    Contenders = [ordered]@{
        vserver     = @{ Repeat = 1; Run = { New-VServer clone -Template box -Store $store } }
        'cp -al'    = @{ Repeat = 1; Run = { Invoke-Native cp -al "$store/box" "$mount/clone" } }
        'rsync'     = @{ Repeat = 1; Run = { Invoke-Native rsync -aH "--link-dest=$store/box" "$store/box/" "$mount/clone" } }
    }
    Prepare    = {
        Mount-BenchImage $Bench one -Size 2G {
            param($folder)
            $packages = (Select-String -Path "$($Bench.SourceTree)/var/lib/dpkg/status" -Pattern '^Package: (.+)').ForEach{ $_.Matches[0].Groups[1].Value }
            $null = New-VServerTemplate box -FromHost -Source $Bench.SourceTree -Package $packages -Store "$folder/store"
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
