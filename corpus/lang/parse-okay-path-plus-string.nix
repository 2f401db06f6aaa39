# L16: adding paths and strings
x: [ (./. + "/a") ("a" + ./b) (./a + ./b) (./a + x + "c") "${./a}" "x${./a}" ]
