package sandbox

// This file defines the stage on Linux: how it is started, and what it does before it
// becomes the builder.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// self returns the program that the stage is: this one, also if its file was replaced.
func self() string { return "/proc/self/exe" }

// stageRights are what the stage may do in the namespaces of its own.
var stageRights = []uintptr{
	unix.CAP_SYS_ADMIN, unix.CAP_NET_ADMIN, unix.CAP_SYS_CHROOT, unix.CAP_SETPCAP, unix.CAP_DAC_OVERRIDE,
	unix.CAP_FOWNER, unix.CAP_CHOWN, unix.CAP_SETUID, unix.CAP_SETGID,
}

// attributes returns how the stage is started: in a session of its own, and in
// namespaces if there is a sandbox. The user of the program is that of the builder
// there, and no other one exists.
func attributes(spec *Spec) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
	root := spec.Root
	if root == nil {
		return attr
	}
	attr.Cloneflags = unix.CLONE_NEWUSER | unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS
	if !root.Network {
		attr.Cloneflags |= unix.CLONE_NEWNET
	}
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: root.UID, HostID: os.Getuid(), Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: root.GID, HostID: os.Getgid(), Size: 1}}
	// Without these, a program of an ordinary user of the namespace has no rights in it.
	attr.AmbientCaps = stageRights
	return attr
}

// dropGroups gives up the other groups of the user, for this thread and what it starts.
// An ordinary user may not, and keeps them, as with the reference.
func dropGroups() { _, _, _ = syscall.RawSyscall(syscall.SYS_SETGROUPS, 0, 0, 0) }

// Main becomes the builder, if the process is the stage. Otherwise it returns at once.
func Main() {
	if len(os.Args) == 0 || os.Args[0] != stageName {
		return
	}
	runtime.LockOSThread()
	const specFile, statusFile = 3, 4
	sealed := sealInherited()
	status := os.NewFile(statusFile, "status")
	encoded, err := io.ReadAll(os.NewFile(specFile, "spec"))
	var spec Spec
	if err == nil {
		err = errors.Join(sealed, unix.Close(specFile), json.Unmarshal(encoded, &spec))
	}
	if err == nil {
		err = prepare(&spec)
	}
	if err != nil {
		_, _ = status.WriteString(err.Error())
		os.Exit(1)
	}
	become(&spec, status)
}

// sealInherited makes all descriptors behind those of the standard streams close at exec.
func sealInherited() error {
	if unix.CloseRange(firstOther, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC) == nil {
		return nil
	}
	return sealListed("/proc/self/fd") // Linux before 5.11
}

// prepare makes what surrounds the builder as the spec says.
func prepare(spec *Spec) error {
	if spec.View != nil {
		return spec.View.enter(string(spec.Dir))
	}
	unix.Umask(0o022)
	if spec.Root != nil {
		if err := spec.Root.enter(); err != nil {
			return err
		}
	}
	if !spec.NewPrivileges {
		if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
			return fmt.Errorf("failed to set PR_SET_NO_NEW_PRIVS: %w", err)
		}
	}
	if spec.Filter {
		if err := filterCalls(); err != nil {
			return err
		}
	}
	if err := scopeSockets(); err != nil {
		return err
	}
	if err := setPersonality(string(spec.System)); err != nil {
		return err
	}
	if err := os.Chdir(string(spec.Dir)); err != nil {
		return fmt.Errorf("changing into %q: %w", spec.Dir, errors.Unwrap(err))
	}
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 0, Max: unix.RLIM_INFINITY}); err != nil {
		// An ordinary user may have less, and then keeps it.
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	}
	if spec.Root == nil {
		return nil
	}
	return dropRights()
}

// dropRights gives up what the stage could do in its namespaces.
func dropRights() error {
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return fmt.Errorf("giving up capabilities: %w", err)
	}
	var none [2]unix.CapUserData
	if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
		return fmt.Errorf("giving up capabilities: %w", err)
	}
	return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
}

// devices are the devices that a builder sees.
var devices = []string{"full", "null", "random", "tty", "urandom", "zero"}

// enter makes the mounts of the sandbox, and makes its folder the root.
func (r *Root) enter() error {
	if !r.Network {
		if err := loopbackUp(); err != nil {
			return err
		}
	}
	if err := errors.Join(unix.Sethostname([]byte("localhost")), unix.Setdomainname([]byte("(none)"))); err != nil {
		return fmt.Errorf("cannot set host name: %w", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_PRIVATE|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("unable to make '/' private: %w", err)
	}
	// The root of a namespace must be a mount.
	if err := unix.Mount(string(r.Dir), string(r.Dir), "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("unable to bind mount %q: %w", r.Dir, err)
	}
	if err := r.mountAll(); err != nil {
		return err
	}
	if err := os.Chmod(r.at("/etc"), 0o555); err != nil {
		return err
	}
	return r.pivot()
}

// at returns where on the disk a path of the sandbox is.
func (r *Root) at(path string) string { return filepath.Join(string(r.Dir), path) }

// mountAll mounts devices, what the builder is to see, and the file systems of the kernel.
func (r *Root) mountAll() error {
	bound := map[string]bool{}
	for _, b := range r.Binds {
		bound[string(b.Target)] = true
	}
	if !bound["/dev"] {
		if err := r.makeDev(); err != nil {
			return err
		}
	}
	for _, b := range r.Binds {
		if b.Source == "/proc" {
			continue
		}
		if err := r.bind(string(b.Source), string(b.Target), b.Optional); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(r.at("/proc"), 0o755); err != nil {
		return err
	}
	if err := unix.Mount("none", r.at("/proc"), "proc", 0, ""); err != nil {
		return fmt.Errorf("mounting /proc: %w", err)
	}
	if exists("/dev/shm") && exists(r.at("/dev/shm")) {
		if err := unix.Mount("none", r.at("/dev/shm"), "tmpfs", 0, "size="+string(r.ShmSize)); err != nil {
			return fmt.Errorf("mounting /dev/shm: %w", err)
		}
	}
	if exists("/dev/pts/ptmx") && !exists(r.at("/dev/ptmx")) && !bound["/dev/pts"] {
		if err := unix.Mount("none", r.at("/dev/pts"), "devpts", 0, "newinstance,mode=0620"); err != nil {
			return fmt.Errorf("mounting /dev/pts: %w", err)
		}
		if err := errors.Join(os.Symlink("/dev/pts/ptmx", r.at("/dev/ptmx")), os.Chmod(r.at("/dev/pts/ptmx"), 0o666)); err != nil {
			return err
		}
	}
	return nil
}

// makeDev makes a folder of devices that is nearly empty.
func (r *Root) makeDev() error {
	for _, dir := range []string{"/dev/shm", "/dev/pts"} {
		if err := os.MkdirAll(r.at(dir), 0o755); err != nil {
			return err
		}
	}
	for _, name := range devices {
		if err := r.bind("/dev/"+name, "/dev/"+name, false); err != nil {
			return err
		}
	}
	if r.KVM && exists("/dev/kvm") {
		if err := r.bind("/dev/kvm", "/dev/kvm", false); err != nil {
			return err
		}
	}
	return errors.Join(
		os.Symlink("/proc/self/fd", r.at("/dev/fd")), os.Symlink("/proc/self/fd/0", r.at("/dev/stdin")),
		os.Symlink("/proc/self/fd/1", r.at("/dev/stdout")), os.Symlink("/proc/self/fd/2", r.at("/dev/stderr")))
}

// bind shows a file or folder of the machine in the sandbox.
func (r *Root) bind(source, target string, optional bool) error {
	info, err := os.Lstat(source)
	if err != nil {
		if optional && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return fmt.Errorf("getting attributes of path \"%s\": %s", source, sentence(err))
	}
	at := r.at(target)
	switch {
	case info.IsDir():
		err = os.MkdirAll(at, 0o755)
	case info.Mode()&fs.ModeSymlink != 0: // which cannot be mounted
		var to string
		if to, err = os.Readlink(source); err == nil {
			err = errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Symlink(to, at))
		}
		return err
	default:
		if err = os.MkdirAll(filepath.Dir(at), 0o755); err == nil {
			err = os.WriteFile(at, nil, 0o644)
		}
	}
	if err != nil {
		return err
	}
	if err := unix.Mount(source, at, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("bind mount from \"%s\" to \"%s\" failed: %w", source, at, err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// pivot makes the folder of the sandbox the root, and takes the former one out of sight.
func (r *Root) pivot() error {
	const old = "real-root"
	if err := os.Chdir(string(r.Dir)); err != nil {
		return err
	}
	if err := os.Mkdir(old, 0o500); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", old); err != nil {
		return fmt.Errorf("cannot pivot old root directory onto %q: %w", r.at(old), err)
	}
	if err := errors.Join(unix.Chroot("."), unix.Unmount(old, unix.MNT_DETACH), unix.Rmdir(old)); err != nil {
		return fmt.Errorf("cannot leave the real root: %w", err)
	}
	return nil
}

// loopbackUp makes the machine reach itself in a new network.
func loopbackUp() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("cannot open IP socket: %w", err)
	}
	defer unix.Close(fd)
	req, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	req.SetUint16(unix.IFF_UP | unix.IFF_LOOPBACK | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, req); err != nil {
		return fmt.Errorf("cannot set loopback interface flags: %w", err)
	}
	return nil
}

// Values of personality(2).
const (
	addrNoRandomize = 0x0040000
	perLinux32      = 0x0008
	personalityAsks = 0xffffffff
)

// setPersonality makes addresses those of the last run, and a machine of 64 bits one of
// 32 bits for derivations that are for such.
func setPersonality(system string) error {
	now, _, errno := unix.Syscall(unix.SYS_PERSONALITY, personalityAsks, 0, 0)
	if errno != 0 {
		return nil // forbidden from outside; the reference overlooks it as well
	}
	now |= addrNoRandomize
	wide := runtime.GOARCH == "amd64" && strings.HasPrefix(system, "i686-") ||
		runtime.GOARCH == "arm64" && (strings.HasPrefix(system, "armv7l-") || strings.HasPrefix(system, "armv6l-"))
	if wide {
		now |= perLinux32
	}
	if _, _, errno := unix.Syscall(unix.SYS_PERSONALITY, now, 0, 0); errno != 0 && wide {
		return fmt.Errorf("cannot set 32-bit personality: %w", errno)
	}
	return nil
}
