# TestDrive: an empty folder for each file. What a block added is removed when the block ends.
# Links are removed, never followed: a test's tree may well point at the host's /etc.

function New-TestDrive {
    $path = [System.IO.Directory]::CreateTempSubdirectory('vserver-test-').FullName
    $null = New-PSDrive -Name TestDrive -PSProvider FileSystem -Root $path -Scope Global -Description 'Test drive'
    Set-Variable -Name TestDrive -Value $path -Scope Global
    $script:Run.TestDrive = $path
}

function Remove-TestDrive {
    $path = $script:Run.TestDrive
    $script:Run.TestDrive = $null
    Remove-PSDrive -Name TestDrive -Scope Global -Force
    Remove-Variable -Name TestDrive -Scope Global -Force -ErrorAction Ignore
    if ([System.IO.Directory]::Exists($path)) {
        Assert-NothingMounted $path
        [System.IO.Directory]::Delete($path, $true)
    }
}

function Get-TestDriveEntry {
    $known = [System.Collections.Generic.HashSet[string]]::new()
    Add-FolderEntry $script:Run.TestDrive $known
    , $known
}

function Add-FolderEntry {
    param([string] $Path, $Known)

    foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($Path)) {
        $null = $Known.Add($entry)
        if (Test-RealFolder $entry) {
            Add-FolderEntry $entry $Known
        }
    }
}

function Reset-TestDrive {
    param($Known)

    if ([System.IO.Directory]::Exists($script:Run.TestDrive)) {
        Assert-NothingMounted $script:Run.TestDrive
        Remove-NewEntry $script:Run.TestDrive $Known
    }
}

function Remove-NewEntry {
    param([string] $Path, $Known)

    foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($Path)) {
        $isFolder = Test-RealFolder $entry
        if (-not $Known.Contains($entry)) {
            if ($isFolder) { [System.IO.Directory]::Delete($entry, $true) } else { [System.IO.File]::Delete($entry) }
        }
        elseif ($isFolder) {
            Remove-NewEntry $entry $Known
        }
    }
}

function Test-RealFolder {
    param([string] $Path)

    $attributes = [System.IO.File]::GetAttributes($Path)
    $attributes.HasFlag([System.IO.FileAttributes]::Directory) -and
    -not $attributes.HasFlag([System.IO.FileAttributes]::ReparsePoint)
}
