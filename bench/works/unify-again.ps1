# The same as unify-copies when all is one inode already: what a nightly run costs.
param($Bench)
Initialize-BenchTree $Bench
$copies = 0..($Bench.Copies - 1)
$mount = $Bench.Mount
$store = "$mount/store"

@{
    Contenders = [ordered]@{
        vserver  = @{ Repeat = 1; Run = { Get-VServer 'c[1-9]' -Store $store | Invoke-VServerUnify -Reference c0 -Scope Tree -Include '/*' } }
        hardlink = @{ Repeat = 1; Run = { Invoke-Native hardlink -q $mount } }
    }
    Prepare    = {
        param($contender)
        Mount-BenchImage $Bench linked {
            param($folder)
            Invoke-Native cp -a $Bench.SourceTree "$folder/c0"
            foreach ($copy in $copies | Select-Object -Skip 1) { Invoke-Native cp -al "$folder/c0" "$folder/c$copy" }
        }
        if ($contender -eq 'vserver') { foreach ($copy in $copies) { $null = New-VServer "c$copy" -Path "$mount/c$copy" -Store $store } }
    }
    Verify     = { (& sh -c 'find "$0" -type f -printf "%i\n" | sort -u | wc -l' $mount) }
    Equal      = { param($verdicts, $contender) [Math]::Abs([long]$verdicts[$contender] - [long]$verdicts['hardlink']) -le 2 * $Bench.Copies }
    Finish     = { Dismount-BenchImage $Bench }
}
