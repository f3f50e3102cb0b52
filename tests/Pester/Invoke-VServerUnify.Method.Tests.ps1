BeforeDiscovery {
    $script:noImage = -not (Get-Command mkfs.btrfs -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Invoke-VServerUnify -Method on ext4' {
    BeforeAll {
        $store = New-TestStore
        New-PackagedTree "$store/.ref"
        cp -a "$store/.ref" "$store/.one"
        $null = New-VServer ref -Path "$store/.ref"
        $null = New-VServer one -Path "$store/.one"
    }

    AfterAll { Remove-TestStore $store }

    It 'Reflink_WhereFilesCannot_IsRefusedByName' {
        if ((Test-VServerHost | Where-Object Name -EQ reflinks).Available) { Set-ItResult -Skipped -Because 'the file system of the tests can share bytes on disk' }
        $before = Get-TreeDigest "$store/one"
        { Invoke-VServerUnify one -Reference ref -Method Reflink -ErrorAction Stop } | Should -Throw -ErrorId 'HostUnsupported,VServer.Commands.InvokeVServerUnifyCommand'
        { Invoke-VServerUnify one -Undo -Method Reflink -ErrorAction Stop } | Should -Throw -ErrorId 'HostUnsupported,VServer.Commands.InvokeVServerUnifyCommand'
        Get-TreeDigest "$store/one" | Should -Be $before
        (Invoke-VServerUnify one -Reference ref -Method Auto -WhatIf).Linked | Should -BeGreaterThan 100
    }
}

Describe 'Invoke-VServerUnify -Method on btrfs' -Skip:$noImage {
    BeforeAll {
        $folder = mktemp -d /var/tmp/vserver-test.XXXXXX
        truncate -s 512M "$folder/image"
        mkfs.btrfs -q "$folder/image"
        mkdir "$folder/mnt"
        mount -o loop "$folder/image" "$folder/mnt"
        $store = "$folder/mnt/store"
        $env:VSERVER_STORE = $store
        New-PackagedTree "$folder/mnt/ref"
        cp -a --reflink=never "$folder/mnt/ref" "$folder/mnt/one"
        $null = New-VServer ref -Path "$folder/mnt/ref"
        $null = New-VServer one -Path "$folder/mnt/one"
        chmod 700 "$store/one/bin/bash"
        $before = Get-TreeDigest "$store/one"
    }

    AfterAll {
        Remove-TestStore $store
        umount "$folder/mnt"
        rm -rf -- $folder
    }

    It 'TestVServerHost_TellsBoth' {
        (Test-VServerHost | Where-Object Name -In hard-links, reflinks | Where-Object Available).Count | Should -Be 2
    }

    It 'WhatIf_TellsTheSameNumbers' {
        $told = Invoke-VServerUnify one -Reference ref -Method Reflink -WhatIf
        $told.Reflinked | Should -BeGreaterThan 10
        $script:saved = $told.SavedBytes
        (Invoke-VServerUnify one -Reference ref -Method Reflink -WhatIf).SavedBytes | Should -Be $saved
    }

    It 'Reflink_KeepsInodesAndWhatTheGuestSees' {
        $inode = Get-Inode one/bin/bash
        $all = Invoke-VServerUnify one -Reference ref -Method Reflink -Detailed
        $all[-1].SavedBytes | Should -Be $saved
        $all[-1].Linked | Should -Be 0
        ($all | Where-Object { "$($_.Path)" -eq '/bin/bash' }).Method | Should -Be 'Reflink'
        Get-Inode one/bin/bash | Should -Be $inode
        Get-TreeDigest "$store/one" | Should -Be $before
    }

    It 'ReflinkAgain_ChangesNothing' {
        $again = Invoke-VServerUnify one -Reference ref -Method Reflink
        $again.Reflinked | Should -Be 0
        $again.AlreadyShared | Should -BeGreaterThan 10
    }

    It 'Auto_IsTheDefault' {
        $auto = Invoke-VServerUnify one -Reference ref
        $auto.Linked | Should -BeGreaterThan 100
        Get-Inode one/bin/cat | Should -Be (Get-Inode ref/bin/cat)
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
    }

    It 'Undo_StopsWhatTheMethodSays' {
        (Invoke-VServerUnify one -Undo).Copied | Should -BeGreaterThan 100
        filefrag -v "$store/one/bin/bash" | Out-String | Should -Match 'shared'
        (Invoke-VServerUnify one -Undo -Method Auto).Copied | Should -BeGreaterThan 10
        filefrag -v "$store/one/bin/bash" | Out-String | Should -Not -Match 'shared'
        Get-TreeDigest "$store/one" | Should -Be $before
    }
}
