BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore

    New-PackagedTree "$store/.tree"
    Set-Content "$store/.tree/etc/machine-id" 'ffffffffffffffffffffffffffffffff'
    mkfifo "$store/.tree/usr/pipe"
    mknod "$store/.tree/usr/null" c 1 3
    ln -s bash "$store/.tree/bin/rbash"
    perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1)' "$store/.tree/usr/socket"
    $null = New-VServer ref -Path "$store/.tree"
}

AfterAll { Remove-TestStore $store }

Describe 'vbuild' {
    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'Packages_FilesAreLinkedWithTheReference' {
        vbuild ref new
        Get-Inode new/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-Inode new/usr/share/doc/base/note1 | Should -Be (Get-Inode ref/usr/share/doc/base/note1)
    }

    It 'Configuration_IsCopied' {
        vbuild ref new
        Get-Inode new/etc/bash.bashrc | Should -Not -Be (Get-Inode ref/etc/bash.bashrc)
        Get-Content "$store/new/etc/bash.bashrc" | Should -Be '# interactive shells'
    }

    It 'UnpackagedFiles_AreCopied' {
        vbuild ref new
        Get-Inode new/usr/unpackaged | Should -Not -Be (Get-Inode ref/usr/unpackaged)
        Get-Content "$store/new/usr/unpackaged" | Should -Be 'nobody knows this file'
    }

    It 'SymlinksDevicesAndFifos_AreMadeAnewAndSocketsSkipped' {
        vbuild ref new
        readlink "$store/new/bin/rbash" | Should -Be 'bash'
        stat -c '%F %t %T' "$store/new/usr/null" | Should -Be 'character special file 1 3'
        stat -c '%F' "$store/new/usr/pipe" | Should -Be 'fifo'
        foreach ($name in 'bin/rbash', 'usr/null', 'usr/pipe') { Get-Inode "new/$name" | Should -Not -Be (Get-Inode "ref/$name") }
        Test-Path "$store/new/usr/socket" | Should -BeFalse
    }

    It 'OneFileSystem_IsWalked' {
        $null = New-Item -ItemType Directory "$store/ref/mnt"
        mount -t tmpfs none "$store/ref/mnt"
        try {
            Set-Content "$store/ref/mnt/other" x
            vbuild ref new
            Test-Path "$store/new/mnt" | Should -BeTrue
            Test-Path "$store/new/mnt/other" | Should -BeFalse
        }
        finally {
            umount "$store/ref/mnt"
            Remove-Item "$store/ref/mnt"
        }
    }

    It 'NewServers_CanBeSeveral' {
        vbuild ref new1 new2 | Should -BeNullOrEmpty
        (Get-VServer new*).Name | Should -Be 'new1', 'new2'
        $more = 'new3', 'new4'
        vbuild ref $more
        (Get-VServer new*).Name | Should -Be 'new1', 'new2', 'new3', 'new4'
    }

    It 'Test_SaysWhatWouldBeDoneAndDoesNothing' {
        $told = vbuild --test ref new
        ($told | Where-Object { "$($_.Path)" -eq '/bin/bash' }).Action | Should -Be 'Linked'
        ($told | Where-Object { "$($_.Path)" -eq '/etc/bash.bashrc' }).Reason | Should -Be 'Configuration'
        $told[-1].WhatIf | Should -BeTrue
        Test-Path "$store/new" | Should -BeFalse
    }

    It 'Stats_AreTheSixNumbersAndThoseOfTheTest' {
        $test = (vbuild --test ref new)[-1]
        $stats = vbuild --stats ref new
        foreach ($number in 'DirectoriesMade', 'FilesCopied', 'BytesCopied', 'FilesLinked', 'SymbolicLinks', 'SpecialFiles') {
            $stats.$number | Should -Be $test.$number
        }
        $stats.DirectoriesMade | Should -Be @(find "$store/new" -type d).Count
        $stats.FilesLinked | Should -Be @(find "$store/new" -type f -links +1).Count
        $stats.SymbolicLinks | Should -Be @(find "$store/new" -type l).Count
        $stats.SpecialFiles | Should -Be 2
        $stats.FilesCopied + $stats.FilesWritten | Should -Be @(find "$store/new" -type f -links 1).Count
    }

    It 'Debug_SaysTheFateOfEachFile' {
        $said = vbuild --debug ref new 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] }
        "$said" | Should -Match 'new:/bin/bash: Linked, Shareable'
    }

    It 'NoFlag_MeansTheDefaultGuard' {
        vbuild ref new
        Get-Flag new/bin/bash | Should -Not -Match 'i'
    }

    It 'NoFlags_GuardsNothing' {
        vbuild --noflags ref new
        Get-Flag new/bin/bash | Should -Not -Match 'i'
        Get-Inode new/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'NoflagsImmutable_PutsTheImmutableFlagOnLinkedFilesAlone' {
        vbuild --noflags --immutable ref new
        Get-Flag new/bin/bash | Should -Match 'i'
        Get-Flag new/etc/bash.bashrc | Should -Not -Match 'i'
        vbuild ref next
        Get-Inode next/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-VServer new, next | Remove-VServer -Confirm:$false
        chattr -R -f -i "$store/ref/bin" "$store/ref/usr" "$store/ref/lib" "$store/ref/lib64"
    }

    It 'NoflagsMayUnlink_LetsTheGuestReplaceAndNotChange' {
        vbuild --noflags --immutable-mayunlink ref new
        Start-VServer new
        Invoke-VServerCommand new { echo mine >> /bin/ls; rm /bin/cat }
        $null = Stop-VServer new
        Test-Path "$store/new/bin/cat" | Should -BeFalse
        Test-Path "$store/ref/bin/cat" | Should -BeTrue
        Get-Inode new/bin/ls | Should -Not -Be (Get-Inode ref/bin/ls)
    }

    It 'Identity_IsItsOwn' {
        vbuild ref new
        Get-Content "$store/new/etc/hostname" | Should -Be 'new'
        Get-Content "$store/new/etc/machine-id" | Should -Not -Be (Get-Content "$store/ref/etc/machine-id")
    }

    It 'UnknownOption_IsRefused' { { vbuild --force ref new } | Should -Throw '*no option --force*' }

    It 'NoNewServer_ShowsTheUsage' { { vbuild ref } | Should -Throw 'usage: vbuild*' }
}
