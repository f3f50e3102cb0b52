# For the tests of networks: namespaces that stand for hosts, so that the machine's own network gets no interface and no rule.

# A network namespace, held by a process.
function New-Space {
    $space = [Diagnostics.Process]::Start('unshare', [string[]]@('--net', 'sleep', 'infinity'))
    $own = readlink /proc/self/ns/net
    Wait-Until { $now = readlink "/proc/$($space.Id)/ns/net"; $now -and $now -ne $own } -What 'a network namespace'
    Invoke-In $space ip link set lo up
    $space
}

# Ends what runs in them, servers too.
function Remove-Space {
    param([Diagnostics.Process[]]$Space)
    foreach ($one in $Space | Where-Object { $_ -and -not $_.HasExited }) {
        $inside = sh -c 'find -L /proc/[0-9]*/ns/net -samefile "/proc/$0/ns/net"' $one.Id 2>$null
        foreach ($path in $inside) { Stop-Process -Id ($path -split '/')[2] -Force -ErrorAction Ignore }
        $one.WaitForExit()
    }
}

# Runs a program in a space. Without parameters, so that none of the program's is taken for one.
function Invoke-In {
    $space, $command = $args
    $input | nsenter "--net=/proc/$($space.Id)/ns/net" '--' @command
}

# Runs cmdlets in a space, in an engine of its own, since a thread of ours cannot go there; ids of errors come last.
function Invoke-EngineIn {
    param([Diagnostics.Process]$Space, [string]$Script, [string[]]$Before = @())
    $command = $Before + @((Get-EnginePath), '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$Module'; $Script; `$Error.FullyQualifiedErrorId")
    Invoke-In $Space @command 2>&1 | ForEach-Object { "$_" }
}

# Two spaces with a cable between them.
function Connect-Space {
    param([Diagnostics.Process]$One, [string]$OneName, [string[]]$OneAddress, [Diagnostics.Process]$Other, [string]$OtherName, [string[]]$OtherAddress)
    Invoke-In $One ip link add $OneName type veth peer name $OtherName netns $Other.Id
    foreach ($end in @{ Space = $One; Name = $OneName; Address = $OneAddress }, @{ Space = $Other; Name = $OtherName; Address = $OtherAddress }) {
        foreach ($address in $end.Address) { Invoke-In $end.Space ip address add $address dev $end.Name $(if ($address -match ':') { 'nodad' }) }
        Invoke-In $end.Space ip link set $end.Name up
    }
}

# What of ours a space has: interfaces and tables of rules.
function Get-SpaceState {
    param([Diagnostics.Process]$Space)
    @(Invoke-In $Space ip -o link | ForEach-Object { ($_ -split ': ')[1] -replace '@.*' }) + @(Invoke-In $Space nft list tables)
}

# A tree of one static program, which is all a network needs: a shell, ping, a server and a client.
function New-NetworkGuest {
    param([string]$Name, [hashtable]$Option = @{}, [string]$Command = 'httpd -p 80 -h /www; exec test-echo 53')
    $tree = "$env:VSERVER_STORE/.tree-$Name"
    foreach ($folder in 'bin', 'dev', 'etc', 'proc', 'root', 'sys', 'tmp', 'www') { $null = New-Item -ItemType Directory "$tree/$folder" }
    foreach ($program in 'frame', 'echo', 'peer') { cp (Get-TestProgram $program) "$tree/bin/test-$program" }
    cp (Get-Command busybox -CommandType Application)[0].Source "$tree/bin/busybox"
    chroot $tree /bin/busybox --install -s /bin
    Set-Content "$tree/etc/passwd" 'root:x:0:0:root:/root:/bin/sh'
    Set-Content "$tree/www/name" $Name
    New-VServer $Name -Path $tree -Command /bin/sh, -c, $Command @Option
}

# A program of tests/native, made once for a store.
function Get-TestProgram {
    param([string]$Name)
    $path = "$env:VSERVER_STORE/.program-$Name"
    if (-not (Test-Path $path)) { & (Get-Command musl-gcc, gcc -CommandType Application -ErrorAction Ignore)[0].Source -static -O1 -idirafter /usr/include -idirafter "/usr/include/$(uname -m)-linux-gnu" -o $path "$Root/tests/native/$Name.c" }
    $path
}

# Runs a line in a guest's shell: true when it ended well.
function Test-In {
    param([string]$Guest, [string]$Line)
    (Invoke-VServerCommand $Guest -ArgumentList /bin/sh, -c, $Line -AsResult).ExitCode -eq 0
}

# What servers of guests answer, asked by another guest or from a space. All are asked at once, since one that is not reached takes all the time.
$script:AskAll = 'for address; do busybox timeout $0 busybox wget -qO- "http://$address/name" & done; wait'

function Get-PageIn {
    param([string]$Guest, [string[]]$Address, [int]$Seconds = 20)
    (Invoke-VServerCommand $Guest -ArgumentList (@('/bin/sh', '-c', $AskAll, $Seconds) + $Address) -AsResult).Stdout.Trim()
}

function Get-PageFrom {
    param([Diagnostics.Process]$Space, [string[]]$Address, [int]$Seconds = 20)
    "$(Invoke-In $Space sh -c $AskAll $Seconds @Address 2>$null)"
}

# Which of these answer a guest's ping.
function Get-AnsweringIn {
    param([string]$Guest, [string[]]$Address, [int]$Seconds = 20)
    $ping = 'for address; do ping -c 1 -W $0 $address > /dev/null 2>&1 && echo $address & done; wait'
    (Invoke-VServerCommand $Guest -ArgumentList (@('/bin/sh', '-c', $ping, $Seconds) + $Address) -AsResult).Stdout.Trim() -split "`n"
}
