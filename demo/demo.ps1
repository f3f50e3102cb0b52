<#
.SYNOPSIS
Shows what the module does, on real files: a template, five guests, shared files, and what becomes of them.
.DESCRIPTION
Everything happens in a folder of its own, which is removed at the end, whatever happens.
#>
[CmdletBinding()]
param(
    # Folder of the built module.
    [Parameter(Mandatory)] [string]$Module
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/common.ps1

Import-Module "$Module/VServer.psd1"
$clock = [Diagnostics.Stopwatch]::StartNew()
$env:VSERVER_STORE = New-DemoStore "$PSScriptRoot/../out"
$traces = @()
try {
    Show-Text "A guest is a whole Linux system with its own users, processes, host name and files, on the kernel of this host.
This shows five of them that share their files. They live in $env:VSERVER_STORE."

    Show-Step 'A template, of packages that are installed on this host and all they need' {
        New-VServerTemplate refbox -FromHost -Package bash, coreutils, procps, hostname
    }
    Show-Step 'Four guests of it. Their files are links to those of the template; configuration is copied' {
        New-VServer web1, web2, web3, web4 -Template refbox
    }
    Show-Step 'A fifth came from elsewhere: a full copy of the system, where nothing is shared' {
        cp -a "$env:VSERVER_STORE/refbox" "$env:VSERVER_STORE/moved-in"
        New-VServer web5 -Path "$env:VSERVER_STORE/moved-in" -HostName web5
    }
    Show-Step 'What each takes on disk' {
        Measure-VServer
    }
    Show-Step 'Unify: files that are equal in every byte and every attribute become one. Four have that already, the fifth gets it' {
        Get-VServer | Invoke-VServerUnify -Reference refbox
    }
    Show-Step 'Start them all' {
        Get-VServer | Start-VServer -PassThru
    }
    $traces = @(Get-Trace $env:VSERVER_STORE)
    Show-Step 'Each sees its own host name, its own process 1, and no processes but its own' {
        Get-VServer | Invoke-VServerCommand { echo "--- I am $(hostname), process 1 is $(cat /proc/1/comm)"; ps -e -o pid,comm }
    }

    Show-Text 'All five have one /bin/bash between them: one inode, here with its number of names.'
    Show-Step 'The file, on disk, in the template and two guests' {
        stat -c '%n: inode %i, %h names, mode %a' "$env:VSERVER_STORE/refbox/bin/bash" "$env:VSERVER_STORE/web1/bin/bash" "$env:VSERVER_STORE/web5/bin/bash"
    }
    $digests = Get-BashState
    Show-Step 'Now web1 writes into it and changes its mode, and web2 replaces it' {
        Invoke-VServerCommand web1 { echo vandal >> /bin/bash; chmod 4700 /bin/bash }
        Invoke-VServerCommand web2 { rm /bin/bash; echo mine > /bin/bash; chmod 755 /bin/bash }
    }
    Show-Result 'Who sees what' { Get-BashState }
    Assert-BashUnchanged $digests (Get-BashState) -Changed web1, web2
    Show-Text 'The other three guests and the template have it as it was.'

    Show-Result 'What sharing saves' { Get-Saving }
    Show-Step 'Undo gives a guest private copies again' {
        Stop-VServer web3
        Invoke-VServerUnify web3 -Undo
    }
    Show-Result 'What sharing saves now' { Get-Saving }
    Show-Step 'Stop them. What web1 and web2 changed is folded into their trees' {
        Get-VServer | Where-Object State -EQ Running | Stop-VServer
        Measure-VServer
    }
}
finally {
    Remove-DemoStore $env:VSERVER_STORE
}

Assert-NothingLeft $env:VSERVER_STORE $traces
Show-Text ('The guests, the template and their folder are gone. No mount, process or control group is left. That took {0:n0} seconds.' -f $clock.Elapsed.TotalSeconds)
