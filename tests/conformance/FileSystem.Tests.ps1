Describe 'Paths' {
    BeforeAll {
        $root = Join-Path $TestDrive 'paths'
        $null = New-Item -ItemType Directory "$root/inner/deep"
        Set-Content "$root/inner/file.txt" 'content'
        Push-Location $root
    }

    AfterAll {
        Pop-Location
    }

    It 'resolves relative paths from the current location: <Path>' -ForEach @(
        @{ Path = 'inner/file.txt' }
        @{ Path = './inner/file.txt' }
        @{ Path = 'inner/deep/../file.txt' }
    ) {
        (Resolve-Path $Path).ProviderPath | Should -Be "$root/inner/file.txt"
        Get-Content $Path | Should -BeExactly 'content'
    }

    It 'moves into a folder, up and back' {
        Set-Location inner/deep
        (Get-Location).ProviderPath | Should -Be "$root/inner/deep"
        Set-Location ..
        (Get-Location).ProviderPath | Should -Be "$root/inner"
        Set-Location -
        (Get-Location).ProviderPath | Should -Be "$root/inner/deep"
        Set-Location $root
    }

    It 'gives a path relative to the location' {
        Resolve-Path -Relative "$root/inner/file.txt" | Should -BeExactly './inner/file.txt'
    }

    It 'tells a path that is not there' {
        Test-Path inner/nonesuch | Should -BeFalse
        { Get-Item inner/nonesuch -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
    }

    It 'gives the full name of what is not there yet' {
        $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath('inner/new') | Should -Be "$root/inner/new"
    }

    It 'takes the root as absolute' {
        Split-Path -IsAbsolute '/etc' | Should -BeTrue
        Split-Path -IsAbsolute 'etc' | Should -BeFalse
        Join-Path / etc | Should -Be '/etc'
    }

    It 'takes brackets literally when told to' {
        Set-Content -LiteralPath 'a[1].txt' 'brackets'
        Get-Content -LiteralPath 'a[1].txt' | Should -BeExactly 'brackets'
        Get-ChildItem -LiteralPath . -Filter 'a*' | Should -HaveCount 1
    }

    It 'tells upper case from lower case' {
        Set-Content Case.txt 'upper'
        Set-Content case.txt 'lower'
        Get-Content Case.txt | Should -BeExactly 'upper'
    }
}

Describe 'Files and folders' {
    It 'copies, renames, moves and removes a tree' {
        $tree = Join-Path $TestDrive 'tree'
        $null = New-Item -ItemType Directory "$tree/a/b"
        Set-Content "$tree/a/b/f" 'x'
        Copy-Item "$tree/a" "$tree/copy" -Recurse
        Rename-Item "$tree/copy" 'renamed'
        Move-Item "$tree/renamed" "$tree/moved"
        "$tree/moved/b/f" | Should -Exist
        Remove-Item "$tree/moved" -Recurse
        "$tree/moved" | Should -Not -Exist
    }

    It 'lists recursively, by filter and by kind' {
        $tree = Join-Path $TestDrive 'listed'
        $null = New-Item -ItemType Directory "$tree/sub"
        'one.txt', 'sub/two.txt', 'sub/three.md' | ForEach-Object { Set-Content "$tree/$_" $_ }
        (Get-ChildItem $tree -Recurse -Filter *.txt).Name | Sort-Object | Should -Be @('one.txt', 'two.txt')
        (Get-ChildItem $tree -Directory).Name | Should -Be 'sub'
    }

    It 'reads and writes bytes as they are' {
        $file = Join-Path $TestDrive 'bytes'
        $bytes = [byte[]](0, 10, 13, 255)
        Set-Content $file -AsByteStream -Value $bytes
        Get-Content $file -AsByteStream | Should -Be $bytes
    }

    It 'follows a file from its tail' {
        $file = Join-Path $TestDrive 'tail'
        1..10 | Set-Content $file
        Get-Content $file -Tail 2 | Should -Be @('9', '10')
    }

    It 'digests a file' {
        $file = Join-Path $TestDrive 'digest'
        [System.IO.File]::WriteAllText($file, 'abc')
        (Get-FileHash $file).Hash | Should -Be 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD'
    }
}

Describe 'Links' {
    BeforeAll {
        $place = Join-Path $TestDrive 'links'
        $null = New-Item -ItemType Directory "$place/target"
        Set-Content "$place/file" 'shared'
    }

    It 'makes a hard link to one inode' {
        $null = New-Item -ItemType HardLink -Path "$place/hard" -Target "$place/file"
        stat -c %i "$place/hard" | Should -Be (stat -c %i "$place/file")
        (Get-Item "$place/hard").LinkType | Should -Be 'HardLink'
    }

    It 'makes a symbolic link and shows where it leads' {
        $null = New-Item -ItemType SymbolicLink -Path "$place/soft" -Target "$place/file"
        $link = Get-Item "$place/soft"
        $link.LinkType | Should -Be 'SymbolicLink'
        $link.Target | Should -Be "$place/file"
        Get-Content "$place/soft" | Should -BeExactly 'shared'
    }

    It 'removes a link to a folder and not the folder' {
        Set-Content "$place/target/kept" 'x'
        $null = New-Item -ItemType SymbolicLink -Path "$place/toFolder" -Target "$place/target"
        Remove-Item "$place/toFolder"
        "$place/toFolder" | Should -Not -Exist
        "$place/target/kept" | Should -Exist
    }

    It 'does not walk into a link to a folder' {
        $null = New-Item -ItemType SymbolicLink -Path "$place/loop" -Target $place
        (Get-ChildItem $place -Recurse).FullName | Should -Not -Contain "$place/loop/file"
        Remove-Item "$place/loop"
    }

    It 'shows a link that leads nowhere' {
        $null = New-Item -ItemType SymbolicLink -Path "$place/dangling" -Target "$place/nonesuch" -Force
        (Get-Item "$place/dangling").LinkType | Should -Be 'SymbolicLink'
        Remove-Item "$place/dangling"
    }
}
