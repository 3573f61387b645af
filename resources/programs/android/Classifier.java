package example;

import android.content.Context;
import android.graphics.Bitmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.tensorflow.lite.Interpreter;

/** Says what is in a picture; the model and its notes lie in the app's assets. */
public final class Classifier implements AutoCloseable {
    /** What the model says of a picture. */
    public static final class Answer {
        public final String[] labels;
        public final float[] probabilities;
        public final boolean noneOfThese;

        Answer(String[] labels, float[] probabilities, boolean noneOfThese) {
            this.labels = labels;
            this.probabilities = probabilities;
            this.noneOfThese = noneOfThese;
        }
    }

    private final Interpreter model;
    private final String[] labels;
    private final JSONObject rule;
    private final JSONObject limit;

    public Classifier(Context context) throws IOException, JSONException {
        byte[] notes = read(context, "$notes");
        JSONObject about = new JSONObject(new String(notes, StandardCharsets.UTF_8));
        labels = texts(new JSONArray(about.getString("$labels")));
        rule = new JSONObject(about.getString("$preprocess"));
        limit = about.has("$reject") ? new JSONObject(about.getString("$reject")) : null;
        byte[] content = read(context, "$model");
        ByteBuffer buffer = ByteBuffer.allocateDirect(content.length).order(ByteOrder.nativeOrder());
        buffer.put(content);
        model = new Interpreter(buffer, new Interpreter.Options().setNumThreads(4));
    }

    /** Judges a picture, which stands upright. */
    public Answer answer(Bitmap picture) throws JSONException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] argb = new int[width * height];
        picture.getPixels(argb, 0, width, 0, 0, width, height);
        float[] prepared = Prepare.input(argb, width, height, rule.getInt("resize"),
                rule.getInt("size"), rule.getString("interpolation").equals("bicubic"),
                numbers(rule.getJSONArray("mean")), numbers(rule.getJSONArray("std")));
        ByteBuffer input = ByteBuffer.allocateDirect(4 * prepared.length);
        input.order(ByteOrder.nativeOrder()).asFloatBuffer().put(prepared);
        float[][] scores = new float[1][labels.length];
        model.run(input, scores);
        return judged(scores[0]);
    }

    private Answer judged(float[] scores) throws JSONException {
        double largest = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0.0;
        for (float score : scores) {
            sum += Math.exp(score - largest);
        }
        float[] probabilities = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = (float) (Math.exp(scores[i] - largest) / sum);
        }
        boolean none = false;
        if (limit != null) {
            boolean energy = limit.getString("score").equals("energy");
            double certainty = energy ? largest + Math.log(sum) : 1.0 / sum;
            none = certainty < limit.getDouble("threshold");
        }
        return new Answer(labels, probabilities, none);
    }

    private static byte[] read(Context context, String name) throws IOException {
        try (InputStream source = context.getAssets().open(name)) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] part = new byte[65536];
            for (int count = source.read(part); count >= 0; count = source.read(part)) {
                content.write(part, 0, count);
            }
            return content.toByteArray();
        }
    }

    private static String[] texts(JSONArray list) throws JSONException {
        String[] texts = new String[list.length()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = list.getString(i);
        }
        return texts;
    }

    private static float[] numbers(JSONArray list) throws JSONException {
        float[] numbers = new float[list.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) list.getDouble(i);
        }
        return numbers;
    }

    @Override
    public void close() {
        model.close();
    }
}
