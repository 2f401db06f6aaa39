//go:build !linux && !darwin

package serving

// This file defines that it is not known who connects.

// peerOf returns an error.
func peerOf(int) (credentials, error) { return credentials{}, errUnknownPeer }
