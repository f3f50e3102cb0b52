# Does a guest cost more when there are a hundred than when there are ten? Full copies of a hundred do not fit, so the trees have as many
# files as the root has, and of each file's content its name: what a guest costs apart from its bytes.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$few = 1..10 | ForEach-Object { "f$_" }
$many = 1..100 | ForEach-Object { "m$_" }

function New-SmallRoot([string]$Folder) {
    $script = 'cd "$0" && find . -type d | (cd "$1" && xargs mkdir -p) && find . -type f -size +0 | (cd "$1" && while read -r file; do echo "$file" >"$file"; done)'
    $null = New-Item -ItemType Directory $Folder
    & bash -c $script $Bench.SourceTree $Folder
    if ($LASTEXITCODE -ne 0) { throw 'The small tree could not be made.' }
}

function Measure-Guest([string[]]$Name) {
    (Measure-Cost { $Name | Invoke-VServerUnify -Store $store -Reference ref -Scope Tree -Include '/*' | ForEach-Object { $script:linked = $_.Linked } }).Seconds / $Name.Count
}

@{
    Rows    = @(@{ Name = 'growth'; Must = 1.2; Aim = 1.0 })
    Measure = {
        Mount-BenchImage $Bench many -Once -Size 9G -Inodes 1300000 {
            param($folder)
            New-SmallRoot "$folder/ref"
            # The first run in an engine compiles; it gets a guest of its own.
            foreach ($name in @('warm') + $few + $many) { Invoke-Native cp -a "$folder/ref" "$folder/$name" }
        }
        Add-BenchGuest $mount $store (@('ref', 'warm') + $few + $many)
        $null = Measure-Guest warm
        $one = Measure-Guest $few
        $linked = $script:linked
        $other = Measure-Guest $many
        $ratio = [Math]::Round($other / $one, 3)
        New-BenchRow @{ work = 'growth'; contender = 'a guest of 10'; median = $one; unit = 's'; runs = 1; ratio = 1; equal = $linked -gt 0 }
        New-BenchRow @{
            work = 'growth'; contender = 'a guest of 100'; median = $other; unit = 's'; runs = 1
            ratio = $ratio; must = 1.2; aim = 1.0; held = $ratio -le 1.2; equal = $script:linked -eq $linked
        }
        Dismount-BenchImage $Bench
    }
}
