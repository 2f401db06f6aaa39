//go:build race

package core_test

// This file defines that the race detector is on: frames are larger then.

func init() { raceDetector = true }
