package sandbox

// This file defines the filter of system calls, and the scope of sockets.

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// An abi is the numbers of system calls that one kind of machine code has. A number that
// it has not is 0, but for io_setup, which no list here has.
type abi struct {
	audit                            uint32 // AUDIT_ARCH_...
	chmod, fchmod, fchmodat, fchmod2 uint32 // chmod is 0 on newer machines
	xattr                            [6]uint32
}

// abis are those that a kernel runs on a machine, the machine's own first.
var abis = map[string][]abi{
	"amd64": {
		{unix.AUDIT_ARCH_X86_64, 90, 91, 268, 452, [6]uint32{188, 189, 190, 191, 192, 193}},
		{unix.AUDIT_ARCH_I386, 15, 94, 306, 452, [6]uint32{226, 227, 228, 229, 230, 231}},
	},
	"arm64": {
		{unix.AUDIT_ARCH_AARCH64, 0, 52, 53, 452, [6]uint32{5, 6, 7, 8, 9, 10}},
		{unix.AUDIT_ARCH_ARM, 15, 94, 333, 452, [6]uint32{226, 227, 228, 229, 230, 231}},
	},
	"riscv64": {{unix.AUDIT_ARCH_RISCV64, 0, 52, 53, 452, [6]uint32{5, 6, 7, 8, 9, 10}}},
	"386":     {{unix.AUDIT_ARCH_I386, 15, 94, 306, 452, [6]uint32{226, 227, 228, 229, 230, 231}}},
	"arm":     {{unix.AUDIT_ARCH_ARM, 15, 94, 333, 452, [6]uint32{226, 227, 228, 229, 230, 231}}},
}

// Places in what a filter looks at, struct seccomp_data. Values of arguments are their
// lower halves, on a machine that has these first.
const (
	offNumber = 0
	offArch   = 4
	offArg1   = 24
	offArg2   = 32
)

// x32 is set in numbers of calls by code for x32, which has the audit number of x86_64.
const x32 = 0x40000000

// setID are the bits of a mode that make a file run as its owner or group.
const setID = unix.S_ISUID | unix.S_ISGID

// filterCalls makes the kernel refuse, to this process and all that it starts, calls that
// make files set-id, and calls for extended attributes. No archive shows either.
func filterCalls() error {
	program, err := callFilter(runtime.GOARCH)
	if err != nil {
		return err
	}
	f := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if _, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&f))); errno != 0 {
		return fmt.Errorf("unable to load seccomp BPF program: %w", errno)
	}
	return nil
}

// callFilter returns the filter of a machine.
func callFilter(arch string) ([]unix.SockFilter, error) {
	list := abis[arch]
	if list == nil {
		return nil, fmt.Errorf("system calls cannot be filtered on %s; set 'filter-syscalls' to false, and know that builders can then make set-id files", arch)
	}
	var out []unix.SockFilter
	stmt := func(code uint16, k uint32) { out = append(out, unix.SockFilter{Code: code, K: k}) }
	jump := func(code uint16, k uint32, yes, no int) {
		out = append(out, unix.SockFilter{Code: code, Jt: uint8(yes), Jf: uint8(no), K: k})
	}
	const load, equal, anyBit = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
	result := func(r uint32) { stmt(unix.BPF_RET|unix.BPF_K, r) }
	fail := func(errno uint32) { result(unix.SECCOMP_RET_ERRNO | errno) }
	for _, a := range list {
		var part []unix.SockFilter
		whole := out
		out = nil
		stmt(load, offNumber)
		if a.audit == unix.AUDIT_ARCH_X86_64 {
			stmt(unix.BPF_ALU|unix.BPF_AND|unix.BPF_K, ^uint32(x32))
		}
		for _, call := range []struct{ number, arg uint32 }{{a.chmod, offArg1}, {a.fchmod, offArg1}, {a.fchmodat, offArg2}, {a.fchmod2, offArg2}} {
			if call.number == 0 {
				continue
			}
			jump(equal, call.number, 0, 4)
			stmt(load, call.arg)
			jump(anyBit, setID, 0, 1)
			fail(uint32(unix.EPERM))
			result(unix.SECCOMP_RET_ALLOW)
		}
		for _, number := range a.xattr {
			jump(equal, number, 0, 1)
			fail(uint32(unix.ENOTSUP))
		}
		result(unix.SECCOMP_RET_ALLOW)
		part, out = out, whole
		stmt(load, offArch)
		jump(equal, a.audit, 0, len(part))
		out = append(out, part...)
	}
	// Code for another kind of machine has other numbers.
	result(unix.SECCOMP_RET_KILL_PROCESS)
	return out, nil
}

// scopeABI is the version of Landlock that knows scopes.
const scopeABI = 6

// scopeSockets keeps abstract sockets of the builder from those outside, where the kernel
// can: builders that share the network of the machine could talk to each other by them.
func scopeSockets() error {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 || int(version) < scopeABI {
		return nil
	}
	attr := unix.LandlockRulesetAttr{Scoped: unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), unsafe.Sizeof(attr), 0)
	if errno != 0 {
		return fmt.Errorf("failed to create a landlock ruleset: %w", errno)
	}
	defer unix.Close(int(fd))
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0); errno != 0 && errno != unix.EPERM {
		return fmt.Errorf("failed to apply landlock: %w", errno)
	}
	return nil
}
