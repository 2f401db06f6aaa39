// Package wire is the codec of the protocols that programs speak with a store in
// another process: the worker protocol of nix-daemon, versions 1.18 to 1.38, and
// the serve protocol of nix-store --serve, versions 2.1 to 2.7.
//
//	Reader, Writer            numbers, strings, lists, maps and paths
//	FrameReader, FrameWriter  bytes whose number is not known in advance
//	Message, Error            what a daemon says before it answers
//	BuildResult, Settings     records of both sides; path infos are store.PathInfo
//	Op, Version               what is asked, and in which dialect
//
// Numbers have 8 bytes, little-endian. A string is its length, its bytes and
// zeros up to a multiple of 8; a list is its length and its items; a map is a
// list of keys and values. Times are seconds since 1970.
//
// Both sides use the same code, and neither trusts the other: a Reader compares
// lengths with what a message may hold before it asks for memory, and memory
// grows only as bytes arrive.
package wire

// This file defines versions and operations.

import "fmt"

// A Version of a protocol: the major number, and in the lower byte the minor.
type Version uint16

// V returns a version by its numbers.
func V(major, minor uint8) Version { return Version(major)<<8 | Version(minor) }

// Versions of the worker protocol that are spoken, and the version of the serve
// protocol.
const (
	Oldest Version = 1<<8 | 18
	Newest Version = 1<<8 | 38
	Serve  Version = 2<<8 | 7
)

// Major returns the major number.
func (v Version) Major() uint8 { return uint8(v >> 8) }

// Minor returns the minor number.
func (v Version) Minor() uint8 { return uint8(v) }

func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major(), v.Minor()) }

// The numbers that both sides send first.
const (
	ClientMagic      = 0x6e697863 // worker protocol
	DaemonMagic      = 0x6478696f
	ServeClientMagic = 0x390c9deb // serve protocol
	ServeMagic       = 0x5452eecb
)

// NixVersion is the version of Nix that a daemon calls itself.
const NixVersion = "2.34.8"

// An Op is an operation of the worker protocol.
type Op uint64

// The operations. Numbers that are missing were those of older versions.
const (
	IsValidPath                Op = 1
	QueryReferrers             Op = 6
	AddToStore                 Op = 7
	AddTextToStore             Op = 8 // before 1.25
	BuildPaths                 Op = 9
	EnsurePath                 Op = 10
	AddTempRoot                Op = 11
	AddIndirectRoot            Op = 12
	SyncWithGC                 Op = 13
	FindRoots                  Op = 14
	QueryDeriver               Op = 18
	SetOptions                 Op = 19
	CollectGarbage             Op = 20
	QuerySubstitutablePathInfo Op = 21
	QueryDerivationOutputs     Op = 22
	QueryAllValidPaths         Op = 23
	QueryPathInfo              Op = 26
	QueryDerivationOutputNames Op = 28
	QueryPathFromHashPart      Op = 29
	QuerySubstitutableInfos    Op = 30
	QueryValidPaths            Op = 31
	QuerySubstitutablePaths    Op = 32
	QueryValidDerivers         Op = 33
	OptimiseStore              Op = 34
	VerifyStore                Op = 35
	BuildDerivation            Op = 36
	AddSignatures              Op = 37
	NarFromPath                Op = 38
	AddToStoreNar              Op = 39
	QueryMissing               Op = 40
	QueryDerivationOutputMap   Op = 41
	RegisterDrvOutput          Op = 42
	QueryRealisation           Op = 43
	AddMultipleToStore         Op = 44 // since 1.32
	AddBuildLog                Op = 45
	BuildPathsWithResults      Op = 46 // since 1.34
	AddPermRoot                Op = 47 // since 1.36
)

// A Command is an operation of the serve protocol.
type Command uint64

// The commands.
const (
	ServeQueryValidPaths Command = 1
	ServeQueryPathInfos  Command = 2
	ServeDumpStorePath   Command = 3
	ServeImportPaths     Command = 4
	ServeBuildPaths      Command = 6
	ServeQueryClosure    Command = 7
	ServeBuildDerivation Command = 8
	ServeAddToStoreNar   Command = 9
)

// Trust is whether a daemon trusts its client.
type Trust uint64

// The degrees of trust.
const (
	TrustUnknown Trust = iota // the daemon does not say
	Trusted
	NotTrusted
)

// A BuildMode is what a build does with outputs that are valid already.
type BuildMode uint64

// The modes.
const (
	BuildNormal BuildMode = iota // leaves them
	BuildRepair                  // makes damaged ones again
	BuildCheck                   // makes them once more, and compares
)
