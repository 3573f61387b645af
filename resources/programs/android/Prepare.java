package example;

/**
 * Makes the model's input of a picture, in plain Java.
 *
 * Resizing is that of Pillow 13, bit for bit: its kernels, whole numbers over 2^22, and eight-bit
 * results between its two passes. Other resizes, Android's own among them, give other answers.
 */
public final class Prepare {
    private static final int BITS = 22;

    private Prepare() {}

    /**
     * Resizes, crops the middle and normalises.
     *
     * @param argb pixels as Bitmap.getPixels gives them, row by row
     * @param resize what the shorter side comes to
     * @param size side of the square that is kept of it
     * @param bicubic whether the kernel is bicubic; otherwise bilinear
     * @return red, green and blue, each size by size
     */
    public static float[] input(int[] argb, int width, int height, int resize, int size,
            boolean bicubic, float[] mean, float[] std) {
        int shorter = Math.max(resize, size);
        double factor = (double) shorter / Math.min(width, height);
        Kernels across = new Kernels(width, shorter, factor, size, bicubic);
        Kernels down = new Kernels(height, shorter, factor, size, bicubic);
        // A picture that shrinks more in height is resized in height first; both passes round.
        boolean tall = height > size && height - size > 2 * (width - size);
        float[] input = new float[3 * size * size];
        for (int channel = 0; channel < 3; channel++) {
            int[] plane = plane(argb, 16 - 8 * channel);
            int[] resized = tall
                    ? across.applied(down.applied(plane, width, height, false), width, size, true)
                    : down.applied(across.applied(plane, width, height, true), size, height, false);
            float zero = mean[channel] * 255f;
            float one = std[channel] * 255f;
            for (int i = 0; i < resized.length; i++) {
                input[channel * size * size + i] = (resized[i] - zero) / one;
            }
        }
        return input;
    }

    /** One colour of all pixels; what can be seen through lies on white. */
    private static int[] plane(int[] argb, int shift) {
        int[] plane = new int[argb.length];
        for (int i = 0; i < argb.length; i++) {
            int share = (argb[i] >>> 24) << 7;
            int mixed = (argb[i] >> shift & 255) * share + 255 * ((255 << 7) - share) + (128 << 7);
            plane[i] = ((mixed >> 8) + mixed >> 8) >> 7;
        }
        return plane;
    }

    /** The weights of the pixels that each pixel of the result is made of, along one side. */
    private static final class Kernels {
        private final int[] first;
        private final int[][] weights;

        Kernels(int side, int shorter, double factor, int size, boolean bicubic) {
            int target = Math.max(shorter, (int) Math.floor(side * factor + 0.5));
            int before = (target - size) / 2;
            double pixel = (double) side / target;
            float left = (float) (before * pixel);
            float right = (float) ((before + size) * pixel);
            double step = (double) (right - left) / size;
            double wide = Math.max(step, 1.0);
            double reach = (bicubic ? 2.0 : 1.0) * wide;
            first = new int[size];
            weights = new int[size][];
            for (int i = 0; i < size; i++) {
                double center = left + (i + 0.5) * step;
                first[i] = Math.max(0, (int) (center - reach + 0.5));
                int last = Math.min(side, (int) (center + reach + 0.5));
                double[] found = new double[last - first[i]];
                double sum = 0.0;
                for (int j = 0; j < found.length; j++) {
                    double x = Math.abs((j + first[i] - center + 0.5) * (1.0 / wide));
                    found[j] = bicubic ? cubic(x) : Math.max(0.0, 1.0 - x);
                    sum += found[j];
                }
                weights[i] = new int[found.length];
                for (int j = 0; j < found.length; j++) {
                    double share = found[j] * (1.0 / sum) * (1 << BITS);
                    weights[i][j] = (int) (share < 0 ? share - 0.5 : share + 0.5);
                }
            }
        }

        private static double cubic(double x) {
            double a = -0.5;
            if (x < 1.0) {
                return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
            }
            return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * a : 0.0;
        }

        /** Resizes the rows of a plane, or its columns. */
        int[] applied(int[] plane, int width, int height, boolean rows) {
            int size = weights.length;
            int newWidth = rows ? size : width;
            int stride = rows ? 1 : width;
            int[] resized = new int[newWidth * (rows ? height : size)];
            for (int i = 0; i < resized.length; i++) {
                int x = i % newWidth;
                int y = i / newWidth;
                int[] kernel = weights[rows ? x : y];
                int at = rows ? y * width + first[x] : first[y] * width + x;
                int sum = 1 << (BITS - 1);
                for (int weight : kernel) {
                    sum += plane[at] * weight;
                    at += stride;
                }
                resized[i] = Math.min(255, Math.max(0, sum >> BITS));
            }
            return resized;
        }
    }
}
