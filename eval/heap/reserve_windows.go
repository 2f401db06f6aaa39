package heap

// This file defines reserving memory with VirtualAlloc, which gives pages when
// they are committed.

import (
	"syscall"
	"unsafe"
)

var (
	kernel32     = syscall.NewLazyDLL("kernel32.dll")
	virtualAlloc = kernel32.NewProc("VirtualAlloc")
	virtualFree  = kernel32.NewProc("VirtualFree")
)

const (
	memCommit     = 0x1000
	memReserve    = 0x2000
	memRelease    = 0x8000
	pageReadWrite = 4
	pageSize      = 4096
)

func reserve(size uint64) (unsafe.Pointer, []uint64, error) {
	addr, _, err := virtualAlloc.Call(0, uintptr(size), memReserve, pageReadWrite)
	if addr == 0 {
		return nil, nil, err
	}
	base := *(*unsafe.Pointer)(unsafe.Pointer(&addr))
	commit(base, 0, 1<<16)
	return base, nil, nil
}

func commit(base unsafe.Pointer, from, to uint64) {
	from &^= pageSize - 1
	if addr, _, _ := virtualAlloc.Call(uintptr(base)+uintptr(from), uintptr(to-from), memCommit, pageReadWrite); addr == 0 {
		panic(ErrFull)
	}
}

func release(base unsafe.Pointer, _ uint64) {
	_, _, _ = virtualFree.Call(uintptr(base), 0, memRelease)
}
