package sandbox

// This file defines how the stage makes a View.

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// viewAttributes returns how the stage of a View is started: in namespaces in which it may mount, with
// the user and group that the program has.
func viewAttributes() *syscall.SysProcAttr {
	uid, gid := os.Getuid(), os.Getgid()
	return &syscall.SysProcAttr{
		Pdeathsig: syscall.SIGKILL, Cloneflags: unix.CLONE_NEWUSER | unix.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: uid, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: gid, HostID: gid, Size: 1}},
		AmbientCaps: []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_SYS_CHROOT, unix.CAP_DAC_OVERRIDE},
	}
}

// enter mounts the store where its paths say, above one that is there, and changes to the folder dir.
func (v *View) enter(dir string) error {
	if err := unix.Mount("", "/", "", unix.MS_SLAVE|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("setting up a private mount namespace: %w", err)
	}
	at, real := string(v.Store), string(v.Real)
	var err error
	if !exists(at) {
		err = v.makeRoot()
	} else if unix.Mount("overlay", at, "overlay", 0, "lowerdir="+at+":"+real) != nil {
		err = unix.Mount(real, at, "", unix.MS_BIND, "")
	}
	if err != nil {
		return fmt.Errorf("mounting \"%s\" on \"%s\": %w", real, at, err)
	}
	if err := os.Chdir(dir); err != nil {
		return err
	}
	return unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
}

// makeRoot makes a root that has the store, and what the machine has in its own.
func (v *View) makeRoot() error {
	root := string(v.scratch)
	if err := unix.Mount("none", root, "tmpfs", 0, "mode=0755"); err != nil {
		return err
	}
	at := filepath.Join(root, string(v.Store))
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if err := unix.Mount(string(v.Real), at, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	entries, err := os.ReadDir("/")
	if err != nil {
		return err
	}
	for _, e := range entries {
		from, to := "/"+e.Name(), filepath.Join(root, e.Name())
		if exists(to) {
			continue
		}
		switch {
		case e.IsDir():
			if err = os.Mkdir(to, 0o700); err == nil {
				err = unix.Mount(from, to, "", unix.MS_BIND|unix.MS_REC, "")
			}
		case e.Type()&os.ModeSymlink != 0:
			var target string
			if target, err = os.Readlink(from); err == nil {
				err = os.Symlink(target, to)
			}
		}
		if err != nil {
			return err
		}
	}
	return unix.Chroot(root)
}
