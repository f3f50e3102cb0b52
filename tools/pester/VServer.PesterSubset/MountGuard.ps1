# Removing a folder goes through whatever is mounted below it. A test that left a mount behind must not cost the host its
# files, so what may hold one is asked here first.
function Assert-NothingMounted {
    param([string] $Path)

    foreach ($line in [System.IO.File]::ReadLines('/proc/self/mountinfo')) {
        $point = [regex]::Replace(($line -split ' ')[4], '\\([0-7]{3})', { [char][Convert]::ToInt32($args[0].Groups[1].Value, 8) })
        if ($point.StartsWith("$Path/", [StringComparison]::Ordinal)) {
            throw "$Path was not emptied, since $point is still mounted. Unmount it in the test that mounted it."
        }
    }
}
